#include "worker/net/resolve.h"

#include "core/limits.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <unistd.h>

namespace kith::worker::net {

namespace limits = core::limits;

namespace {

addrinfo hintsFor(int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | flags;
    return hints;
}

Address toAddress(const addrinfo& info) {
    Address address;
    std::memcpy(&address.storage, info.ai_addr, info.ai_addrlen);
    address.length = info.ai_addrlen;
    return address;
}

} // namespace

/// What the thread and its owner share: the thread writes it before it closes its end of the pipe, the owner
/// reads it after pthread_join.
struct Resolver::Lookup {
    std::string host;
    std::string port;
    core::UniqueFd doneEnd;
    pthread_t thread{};
    int code = 0;
    int number = 0;
    std::vector<Address> addresses;

    static void* run(void* self) {
        auto* lookup = static_cast<Lookup*>(self);
        const addrinfo hints = hintsFor(0);
        addrinfo* list = nullptr;
        lookup->code = ::getaddrinfo(lookup->host.c_str(), lookup->port.c_str(), &hints, &list);
        lookup->number = errno;
        for (const addrinfo* i = list; i != nullptr; i = i->ai_next) {
            if (lookup->addresses.size() == limits::resolvedAddresses)
                break;
            if (i->ai_addrlen <= sizeof(sockaddr_storage))
                lookup->addresses.push_back(toAddress(*i));
        }
        if (list != nullptr)
            ::freeaddrinfo(list);
        lookup->doneEnd.reset(); // end-of-file: the answer is there
        return nullptr;
    }
};

Resolver::Resolver() = default;

Resolver::~Resolver() {
    if (lookup_ != nullptr)
        ::pthread_join(lookup_->thread, nullptr);
}

bool Resolver::start(const core::Endpoint& endpoint) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0)
        return false;
    done_.reset(pipe[0]);
    auto lookup = std::make_unique<Lookup>();
    lookup->doneEnd.reset(pipe[1]);
    lookup->host = endpoint.host;
    lookup->port = std::to_string(endpoint.port);
    for (const int fd : pipe)
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);

    // Both signals are blocked in this thread and stay so in the new one: they are the main thread's.
    pthread_attr_t attributes;
    if (::pthread_attr_init(&attributes) != 0)
        return false;
    ::pthread_attr_setstacksize(&attributes, limits::resolverStack);
    const int failed = ::pthread_create(&lookup->thread, &attributes, &Lookup::run, lookup.get());
    ::pthread_attr_destroy(&attributes);
    if (failed != 0)
        return false;
    lookup_ = std::move(lookup);
    return true;
}

core::Result<std::vector<Address>> Resolver::take() {
    const std::unique_ptr<Lookup> lookup = std::move(lookup_);
    done_.reset();
    ::pthread_join(lookup->thread, nullptr);
    if (lookup->code == 0 && !lookup->addresses.empty())
        return std::move(lookup->addresses);
#if defined(EAI_NODATA)
    const bool notFound = lookup->code == EAI_NONAME || lookup->code == EAI_NODATA;
#else
    const bool notFound = lookup->code == EAI_NONAME;
#endif
    if (lookup->code == 0 || notFound)
        return core::Error{core::Reason::NameNotFound, lookup->code, "getaddrinfo"};
    const int number = lookup->code == EAI_SYSTEM ? lookup->number : lookup->code;
    return core::Error{core::Reason::NameLookupFailed, number, "getaddrinfo"};
}

std::optional<Address> numericAddress(const core::Endpoint& endpoint) {
    const addrinfo hints = hintsFor(AI_NUMERICHOST);
    addrinfo* list = nullptr;
    if (::getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &list) != 0)
        return std::nullopt;
    const Address address = toAddress(*list);
    ::freeaddrinfo(list);
    return address;
}

} // namespace kith::worker::net
