# Installing and packing (CPack).
