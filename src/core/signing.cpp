#include "core/signing.h"

#include "core/libcrypto.h"
#include "core/limits.h"

#include <algorithm>
#include <array>

#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kith::core {

namespace {

constexpr std::size_t seedSize = 32; // RFC 8032 section 5.1.5
using PointY = std::array<std::uint8_t, PublicKey::size>;

// A public key is the point's y, little-endian, with the sign of x in the highest bit (RFC 8032 section
// 5.1.2). The eight points of small order have these five y; the field's prime is p = 2^255 - 19.
constexpr PointY prime = {0xED, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                          0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                          0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
constexpr PointY order1 = {0x01};
constexpr PointY order2 = {0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
constexpr PointY order4 = {};
constexpr PointY order8 = {0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4,
                           0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6,
                           0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05};
constexpr PointY order8Minus = {0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B,
                                0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39,
                                0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A};
constexpr std::array smallOrder = {order1, order2, order4, order8, order8Minus};

Error internal(const char* what) {
    return {Reason::Internal, 0, what};
}

Error invalid(const char* what) {
    return {Reason::KeyFileInvalid, 0, what};
}

/// Before any secret: libcrypto's own short-lived copies then live in a heap that is locked, left out of
/// core files and wiped. Where the system gives none, in the ordinary one, wiped.
void prepareForSecrets() {
    prepareLibcrypto();
    static const int heap = ::CRYPTO_secure_malloc_init(limits::secretHeap, limits::secretHeapLeast);
    (void)heap;
}

KeyPtr privateKey(const std::uint8_t* seed) {
    return KeyPtr(::EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed, seedSize));
}

/// PKCS#8's own structure around the seed: 04 20 and the seed (RFC 8410 section 7).
Pkcs8Ptr toPkcs8(const std::uint8_t* seed) {
    Pkcs8Ptr out(::PKCS8_PRIV_KEY_INFO_new());
    const int size = 2 + static_cast<int>(seedSize);
    auto* octets = static_cast<std::uint8_t*>(::OPENSSL_malloc(static_cast<std::size_t>(size)));
    if (out == nullptr || octets == nullptr) {
        ::OPENSSL_free(octets);
        return nullptr;
    }
    octets[0] = V_ASN1_OCTET_STRING;
    octets[1] = seedSize;
    std::copy(seed, seed + seedSize, octets + 2);
    if (::PKCS8_pkey_set0(out.get(), ::OBJ_nid2obj(NID_ED25519), 0, V_ASN1_UNDEF, nullptr, octets, size) !=
        1) {
        ::OPENSSL_clear_free(octets, static_cast<std::size_t>(size));
        return nullptr;
    }
    return out;
}

/// Where the seed stands in it; nothing where it is not an Ed25519 key. Valid as long as `key` is.
const std::uint8_t* seedIn(const PKCS8_PRIV_KEY_INFO& key) {
    const ASN1_OBJECT* algorithm = nullptr;
    const unsigned char* octets = nullptr;
    int size = 0;
    if (::PKCS8_pkey_get0(&algorithm, &octets, &size, nullptr, &key) != 1 ||
        ::OBJ_obj2nid(algorithm) != NID_ED25519)
        return nullptr;
    const bool fits =
        size == 2 + static_cast<int>(seedSize) && octets[0] == V_ASN1_OCTET_STRING && octets[1] == seedSize;
    return fits ? octets + 2 : nullptr;
}

EncryptedPtr encrypted(PKCS8_PRIV_KEY_INFO& key, std::string_view passphrase) {
    std::array<std::uint8_t, limits::scryptSalt> salt{};
    fillRandom(salt.data(), salt.size());
    AlgorithmPtr scheme(::PKCS5_pbe2_set_scrypt(::EVP_aes_256_cbc(), salt.data(),
                                                static_cast<int>(salt.size()), nullptr, limits::scryptCost,
                                                limits::scryptBlock, limits::scryptParallel));
    if (scheme == nullptr)
        return nullptr;
    EncryptedPtr out(
        ::PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), &key, scheme.get()));
    if (out != nullptr)
        (void)scheme.release(); // it is in `out` now
    return out;
}

using SchemePtr = std::unique_ptr<PBE2PARAM, FreeBy<PBE2PARAM_free>>;
using ScryptPtr = std::unique_ptr<SCRYPT_PARAMS, FreeBy<SCRYPT_PARAMS_free>>;

/// Is it the encryption that toPem() makes, and no more work than a file may ask for? Otherwise a file that
/// somebody made up could hold the program for hours.
bool isOurEncryption(const X509_SIG& file) {
    const X509_ALGOR* scheme = nullptr;
    const ASN1_OCTET_STRING* content = nullptr;
    ::X509_SIG_get0(&file, &scheme, &content);
    if (::OBJ_obj2nid(scheme->algorithm) != NID_pbes2)
        return false;
    const SchemePtr pbes2(
        static_cast<PBE2PARAM*>(::ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), scheme->parameter)));
    if (pbes2 == nullptr || ::OBJ_obj2nid(pbes2->keyfunc->algorithm) != NID_id_scrypt ||
        ::OBJ_obj2nid(pbes2->encryption->algorithm) != NID_aes_256_cbc)
        return false;
    const ScryptPtr scrypt(static_cast<SCRYPT_PARAMS*>(
        ::ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS), pbes2->keyfunc->parameter)));
    std::uint64_t cost = 0;
    std::uint64_t block = 0;
    std::uint64_t parallel = 0;
    return scrypt != nullptr && ::ASN1_INTEGER_get_uint64(&cost, scrypt->costParameter) == 1 &&
           ::ASN1_INTEGER_get_uint64(&block, scrypt->blockSize) == 1 &&
           ::ASN1_INTEGER_get_uint64(&parallel, scrypt->parallelizationParameter) == 1 &&
           parallel <= limits::scryptParallelMost &&
           // Without room for a key it only looks at the numbers: memory of at most 32 MiB, for one.
           ::EVP_PBE_scrypt(nullptr, 0, nullptr, 0, cost, block, parallel, 0, nullptr, 0) == 1;
}

/// One block of PEM, its bytes in the heap for secrets.
class PemBlock final {
public:
    explicit PemBlock(std::string_view pem) {
        const BioPtr file(::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
        if (file != nullptr)
            (void)::PEM_read_bio_ex(file.get(), &name_, &header_, &bytes_, &size_, PEM_FLAG_SECURE);
    }
    ~PemBlock() {
        ::OPENSSL_secure_free(name_);
        ::OPENSSL_secure_free(header_);
        ::OPENSSL_secure_clear_free(bytes_, size_ > 0 ? static_cast<std::size_t>(size_) : 0);
    }
    PemBlock(const PemBlock&) = delete;
    PemBlock& operator=(const PemBlock&) = delete;

    [[nodiscard]] bool is(std::string_view name) const { return name_ != nullptr && name == name_; }
    /// The whole of it as DER of one value; nothing where it is not.
    template <typename Pointer, auto Decode>
    [[nodiscard]] Pointer as() const {
        const unsigned char* at = bytes_;
        Pointer out(Decode(nullptr, &at, size_));
        return at == bytes_ + size_ ? std::move(out) : nullptr;
    }

private:
    char* name_ = nullptr;
    char* header_ = nullptr;
    unsigned char* bytes_ = nullptr;
    long size_ = 0;
};

Result<Pkcs8Ptr> readPem(std::string_view pem, std::string_view passphrase) {
    if (pem.size() > limits::keyFile)
        return invalid("too long");
    const PemBlock block(pem);
    if (block.is(PEM_STRING_PKCS8INF)) {
        Pkcs8Ptr key = block.as<Pkcs8Ptr, d2i_PKCS8_PRIV_KEY_INFO>();
        return key != nullptr ? Result<Pkcs8Ptr>(std::move(key)) : invalid("not PKCS#8");
    }
    if (!block.is(PEM_STRING_PKCS8))
        return invalid("no key in PEM");
    const auto file = block.as<EncryptedPtr, d2i_X509_SIG>();
    if (file == nullptr || !isOurEncryption(*file))
        return invalid("not encrypted as it should be");
    Pkcs8Ptr key;
    if (!passphrase.empty() && passphrase.size() <= limits::passphraseMost)
        key.reset(::PKCS8_decrypt(file.get(), passphrase.data(), static_cast<int>(passphrase.size())));
    if (key == nullptr)
        return Error{Reason::PassphraseWrong, 0, {}};
    return key;
}

} // namespace

/// The seed, in a page of its own from the kernel, so that nothing else is wiped, locked or left out with it.
/// Owned by its SigningKey. Where there is no memory for it, make() gives nothing.
class SigningKey::Secret final {
public:
    [[nodiscard]] static std::unique_ptr<Secret> make() {
        const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        void* page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED)
            return nullptr;
        (void)::mlock(page, size); // RLIMIT_MEMLOCK may forbid it: then it can be swapped out, no more
#ifdef MADV_DONTDUMP
        (void)::madvise(page, size, MADV_DONTDUMP);
#endif
        return std::unique_ptr<Secret>(new Secret(page, size));
    }
    ~Secret() {
        ::OPENSSL_cleanse(page_, size_);
        (void)::munmap(page_, size_); // unlocks it, too
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] std::uint8_t* seed() {
        return static_cast<std::uint8_t*>(page_);
    }
    [[nodiscard]] const std::uint8_t* seed() const {
        return static_cast<const std::uint8_t*>(page_);
    }

private:
    Secret(void* page, std::size_t size)
        : page_(page)
        , size_(size) {}

    void* page_;
    std::size_t size_;
};

SigningKey::SigningKey(std::unique_ptr<Secret> secret, const PublicKey& key)
    : secret_(std::move(secret))
    , public_(key) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::of(std::unique_ptr<Secret> secret) {
    const KeyPtr key = privateKey(secret->seed());
    PublicKey out;
    std::size_t size = PublicKey::size;
    if (key == nullptr || ::EVP_PKEY_get_raw_public_key(key.get(), out.bytes.data(), &size) != 1 ||
        size != PublicKey::size)
        return internal("no Ed25519");
    return SigningKey(std::move(secret), out);
}

Result<SigningKey> SigningKey::generate() {
    prepareForSecrets();
    const ErrorsDropped errors;
    auto secret = Secret::make();
    if (secret == nullptr)
        return internal("no page for a key");
    fillRandom(secret->seed(), seedSize);
    return of(std::move(secret));
}

Result<SigningKey> SigningKey::fromPem(std::string_view pem, std::string_view passphrase) {
    prepareForSecrets();
    const ErrorsDropped errors;
    const Result<Pkcs8Ptr> file = readPem(pem, passphrase);
    if (!file)
        return file.error();
    const std::uint8_t* seed = seedIn(**file);
    if (seed == nullptr)
        return invalid("not Ed25519");
    auto secret = Secret::make();
    if (secret == nullptr)
        return internal("no page for a key");
    std::copy(seed, seed + seedSize, secret->seed());
    return of(std::move(secret));
}

Result<Signature> SigningKey::sign(std::string_view message) const {
    const ErrorsDropped errors;
    if (secret_ == nullptr)
        return internal("moved from");
    const KeyPtr key = privateKey(secret_->seed());
    const DigestPtr context(::EVP_MD_CTX_new());
    Signature out;
    std::size_t size = Signature::size;
    if (key == nullptr || context == nullptr ||
        ::EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        ::EVP_DigestSign(context.get(), out.bytes.data(), &size, raw(message), message.size()) != 1 ||
        size != Signature::size)
        return internal("signing failed");
    return out;
}

Result<std::string> SigningKey::toPem(std::string_view passphrase) const {
    const ErrorsDropped errors;
    if (secret_ == nullptr || passphrase.size() > limits::passphraseMost)
        return internal("moved from, or too long a passphrase");
    const Pkcs8Ptr key = toPkcs8(secret_->seed());
    const BioPtr out(::BIO_new(::BIO_s_secmem()));
    if (key == nullptr || out == nullptr)
        return internal("no memory");
    int written = 0;
    if (passphrase.empty()) {
        written = ::PEM_write_bio_PKCS8_PRIV_KEY_INFO(out.get(), key.get());
    } else {
        const EncryptedPtr file = encrypted(*key, passphrase);
        written = file != nullptr ? ::PEM_write_bio_PKCS8(out.get(), file.get()) : 0;
    }
    char* pem = nullptr;
    const long size = ::BIO_get_mem_data(out.get(), &pem);
    if (written != 1 || size <= 0)
        return internal("writing PEM failed");
    return std::string(pem, static_cast<std::size_t>(size));
}

void wipe(void* data, std::size_t size) {
    ::OPENSSL_cleanse(data, size);
}

void wipe(std::string& secret) {
    wipe(secret.data(), secret.size());
    secret.clear();
}

bool isUsableKey(const PublicKey& key) {
    PointY y = key.bytes;
    y.back() &= 0x7F;
    const bool canonical = std::lexicographical_compare(y.rbegin(), y.rend(), prime.rbegin(), prime.rend());
    return canonical && std::find(smallOrder.begin(), smallOrder.end(), y) == smallOrder.end();
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    if (!isUsableKey(key))
        return false;
    prepareLibcrypto();
    const ErrorsDropped errors;
    const KeyPtr theirs(
        ::EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), PublicKey::size));
    const DigestPtr context(::EVP_MD_CTX_new());
    return theirs != nullptr && context != nullptr &&
           ::EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, theirs.get()) == 1 &&
           ::EVP_DigestVerify(context.get(), signature.bytes.data(), Signature::size, raw(message),
                              message.size()) == 1;
}

} // namespace kith::core
