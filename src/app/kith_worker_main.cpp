// kith-worker: one connection, or one listening port. Started by kith or kith-cli alone.
#include "worker/run.h"

int main() {
    return kith::worker::run();
}
