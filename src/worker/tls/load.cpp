#include "worker/tls/module.h"

#include <string>

#include <dlfcn.h>
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#include <sys/syslimits.h>
#else
#include <sys/auxv.h>
#endif

namespace kith::worker::tls {

namespace {

/// The path that this program was started by.
std::string ownPath() {
#if defined(__APPLE__)
    std::string path(PATH_MAX, '\0');
    auto size = static_cast<std::uint32_t>(path.size());
    return _NSGetExecutablePath(path.data(), &size) == 0 ? std::string(path.c_str()) : std::string();
#else
    // getauxval(3). Not /proc/self/exe, which needs a /proc.
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel gives addresses as numbers
    const auto* path = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
    return path != nullptr ? path : "";
#endif
}

/// Nothing where it is not there. It stays loaded as long as the process lives.
ModuleEntry load() {
    const std::string own = ownPath();
    const std::string path = own.substr(0, own.rfind('/') + 1) + moduleName;
    // With a slash in it dlopen(3) looks nowhere else.
    void* module =
        path.find('/') != std::string::npos ? ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
    return module != nullptr ? reinterpret_cast<ModuleEntry>(::dlsym(module, moduleEntry)) : nullptr;
}

} // namespace

core::Result<std::unique_ptr<Context>> Context::make(core::Side side) {
    const ModuleEntry entry = load();
    if (entry == nullptr)
        return core::Error{core::Reason::WorkerMissing, 0, moduleName};
    std::unique_ptr<Context> context(entry(side));
    if (!context)
        return core::Error{core::Reason::TlsFailed, 0, "OpenSSL"};
    return context;
}

} // namespace kith::worker::tls
