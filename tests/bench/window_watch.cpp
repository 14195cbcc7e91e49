#include "window_watch.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/damage.h>
#include <xcb/xcb.h>

namespace kith::bench {

namespace {

constexpr int limit = 20000; // ms; far above what anything takes
constexpr unsigned smallest = 100;

/// What xcb gives is freed by free(3).
struct Free {
    void operator()(void* pointer) const { std::free(pointer); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::vector<char*> pointers(const std::vector<std::string>& words) {
    std::vector<char*> all;
    all.reserve(words.size() + 1);
    for (const std::string& word : words)
        all.push_back(const_cast<char*>(word.c_str()));
    all.push_back(nullptr);
    return all;
}

} // namespace

void giveUp(const char* what) {
    std::perror(what);
    std::exit(1);
}

Child::Child(const std::vector<std::string>& words, const std::vector<std::string>& environment, int passed) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // A descriptor that is duplicated onto itself loses close-on-exec (posix_spawn_file_actions_adddup2(3)).
    if (passed >= 0)
        posix_spawn_file_actions_adddup2(&actions, passed, passed);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    errno = ::posix_spawnp(&pid_, words.front().c_str(), &actions, nullptr, pointers(words).data(),
                           pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (errno != 0)
        giveUp(words.front().c_str());
}

Child::~Child() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

std::unique_ptr<Child> startAndAsk(std::vector<std::string> words,
                                   const std::vector<std::string>& environment, std::string& answer) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        giveUp("pipe2");
    for (std::string& word : words) {
        if (const std::size_t at = word.find("FD"); at != std::string::npos)
            word.replace(at, 2, std::to_string(ends[1]));
    }
    auto child = std::make_unique<Child>(words, environment, ends[1]);
    ::close(ends[1]);
    answer.clear();
    char c = 0;
    while (::read(ends[0], &c, 1) == 1 && c != '\n')
        answer += c;
    ::close(ends[0]);
    if (answer.empty())
        giveUp(words.front().c_str());
    return child;
}

WindowWatch::WindowWatch(const std::string& display) {
    connection_ = xcb_connect(display.c_str(), nullptr);
    if (xcb_connection_has_error(connection_) != 0)
        giveUp("no connection to the X server");
    root_ = xcb_setup_roots_iterator(xcb_get_setup(connection_)).data->root;
    const xcb_query_extension_reply_t* extension = xcb_get_extension_data(connection_, &xcb_damage_id);
    const Owned<xcb_damage_query_version_reply_t> version(
        xcb_damage_query_version_reply(connection_, xcb_damage_query_version(connection_, 1, 1), nullptr));
    if (extension == nullptr || extension->present == 0 || version == nullptr)
        giveUp("the X server has no DAMAGE");
    firstDamageEvent_ = extension->first_event;
    const std::uint32_t events = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
    xcb_change_window_attributes(connection_, root_, XCB_CW_EVENT_MASK, &events);
    damage_ = xcb_generate_id(connection_);
    xcb_damage_create(connection_, damage_, root_, XCB_DAMAGE_REPORT_LEVEL_RAW_RECTANGLES);
    xcb_flush(connection_);
}

WindowWatch::~WindowWatch() {
    xcb_disconnect(connection_);
}

bool WindowWatch::waitForEvent() const {
    pollfd entry{xcb_get_file_descriptor(connection_), POLLIN, 0};
    return ::poll(&entry, 1, limit) == 1 && xcb_connection_has_error(connection_) == 0;
}

Shown WindowWatch::next() {
    Shown shown;
    bool mapped = false;
    while (true) {
        const Owned<xcb_generic_event_t> event(xcb_poll_for_event(connection_));
        if (event == nullptr) {
            if (!waitForEvent())
                giveUp("no window came");
            continue;
        }
        const Clock::time_point now = Clock::now();
        const unsigned type = event->response_type & 0x7FU;
        if (type == XCB_MAP_NOTIFY && !mapped) {
            const auto window = reinterpret_cast<const xcb_map_notify_event_t*>(event.get())->window;
            const Owned<xcb_get_geometry_reply_t> size(
                xcb_get_geometry_reply(connection_, xcb_get_geometry(connection_, window), nullptr));
            if (size != nullptr && size->width >= smallest && size->height >= smallest) {
                shown.mapped = now;
                mapped = true;
            }
        } else if (type == unsigned(firstDamageEvent_) + XCB_DAMAGE_NOTIFY && mapped) {
            const auto* damage = reinterpret_cast<const xcb_damage_notify_event_t*>(event.get());
            if (damage->area.width >= smallest && damage->area.height >= smallest) {
                shown.painted = now;
                return shown;
            }
        }
    }
}

void WindowWatch::untilEmpty() {
    const auto mappedChildren = [this] {
        int count = 0;
        const Owned<xcb_query_tree_reply_t> tree(
            xcb_query_tree_reply(connection_, xcb_query_tree(connection_, root_), nullptr));
        if (tree == nullptr)
            giveUp("the X server has gone");
        const xcb_window_t* children = xcb_query_tree_children(tree.get());
        for (int i = 0; i < xcb_query_tree_children_length(tree.get()); ++i) {
            const Owned<xcb_get_window_attributes_reply_t> attributes(xcb_get_window_attributes_reply(
                connection_, xcb_get_window_attributes(connection_, children[i]), nullptr));
            count += attributes != nullptr && attributes->map_state != XCB_MAP_STATE_UNMAPPED ? 1 : 0;
        }
        return count;
    };
    while (mappedChildren() > 0) {
        // Asking may have taken the events off the socket; then no more comes for this change.
        bool any = false;
        while (Owned<xcb_generic_event_t>(xcb_poll_for_event(connection_)) != nullptr)
            any = true;
        if (!any && !waitForEvent())
            giveUp("a window stays");
    }
    while (Owned<xcb_generic_event_t>(xcb_poll_for_event(connection_)) != nullptr) {
    }
}

} // namespace kith::bench
