// Every bound in Kith, each with its reason. Nothing grows with what a peer sends but up to one of these.
// Plain C++; used in every process.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kith::core::limits {

using namespace std::chrono_literals;

// --- addresses -------------------------------------------------------------------------------------------

/// The port of the classic exercise, and of every Kith that was not told otherwise.
inline constexpr std::uint16_t defaultPort = 5188;
/// RFC 1035 section 2.3.4: a domain name is at most 255 octets, 253 as text.
inline constexpr std::size_t hostName = 253;
/// What a person can paste into the Connect field: an invite is the longest thing it takes.
inline constexpr std::size_t addressInput = 512;
/// IF_NAMESIZE is 16 on Linux and macOS, its NUL included.
inline constexpr std::size_t interfaceName = 15;

// --- connecting ------------------------------------------------------------------------------------------

/// A person waits about ten seconds before believing that nothing happens; look-up and connect share it.
inline constexpr auto connectTotal = 10s;
/// getaddrinfo cannot be interrupted; a resolver that is silent for this long is down.
inline constexpr auto resolve = 5s;
/// RFC 8305 section 5: the recommended Connection Attempt Delay.
inline constexpr auto connectionAttemptDelay = 250ms;
/// RFC 8305 asks for no number; a name with more addresses than this is not tried to the end in 10 s.
inline constexpr std::size_t resolvedAddresses = 16;
/// The look-up thread calls getaddrinfo and nothing else; glibc's resolver keeps its answers on the heap.
inline constexpr std::size_t resolverStack = 256 * 1024;

// --- listening -------------------------------------------------------------------------------------------

/// The kernel's own cap (net.core.somaxconn) is 4096 on Linux 5.4 and later; a chat needs far fewer.
inline constexpr int listenBacklog = 128;
/// Descriptors passed up and not yet taken by the program. In flight they count against the listener's
/// RLIMIT_NOFILE, so this stays well below it.
inline constexpr std::size_t descriptorsInFlight = 64;
/// RLIMIT_NOFILE of a listener: unix(7), in-flight descriptors count per user against the sender's limit.
inline constexpr unsigned listenerDescriptors = 512;
/// RLIMIT_NOFILE of a session worker: 0-4, the peer, up to 16 attempts of RFC 8305 and the resolver's own.
/// poll(2) fails with EINVAL where it is given more entries than this.
inline constexpr unsigned sessionDescriptors = 32;
/// How long accept pauses when the process or the system is out of descriptors (EMFILE, ENFILE,
/// ETOOMANYREFS): long enough not to spin, short enough not to be noticed.
inline constexpr auto acceptPause = 200ms;

// --- the boundary between program and worker -------------------------------------------------------------

/// One message over the boundary: a plain-text message of 64 KiB and what protobuf adds.
inline constexpr std::size_t boundaryMessage = 72 * 1024;
/// A worker's queue towards its program. When it is full the worker stops reading its peer.
inline constexpr std::size_t boundaryQueue = 256 * 1024;
/// What the program lets QLocalSocket read ahead of it; the rest stays in the kernel.
inline constexpr std::size_t boundaryReadBuffer = 256 * 1024;
/// Bytes handled of one channel in one turn of the program's event loop, so that no peer can hold it.
inline constexpr std::size_t boundaryBytesPerTurn = 128 * 1024;
/// Text handed to a worker and not yet reported as written. More waits in the conversation's outbox.
inline constexpr std::size_t unwrittenText = 1024 * 1024;
/// What a worker holds for a peer that does not read: the same amount, with room for line ends.
inline constexpr std::size_t peerQueue = unwrittenText + boundaryMessage;
/// From QProcess::start to the worker's first word. It takes some milliseconds; a machine that swaps is
/// given this much before the person is told.
inline constexpr auto workerReady = 10s;

// --- ending ----------------------------------------------------------------------------------------------

/// SIGUSR1 asks a worker to end well: what is queued goes out within this time.
inline constexpr auto drain = 2s;
/// After our FIN, for the peer's own: what it still sends is read and dropped, so that close() sends no RST.
inline constexpr auto linger = 250ms;
/// A worker that has not ended after SIGUSR1 gets SIGTERM (which it treats as a second SIGUSR1) ...
inline constexpr auto untilTerminate = 2500ms;
/// ... and SIGKILL.
inline constexpr auto untilKill = 3s;

// --- plain text ------------------------------------------------------------------------------------------

/// A longer line is cut into several messages.
inline constexpr std::size_t plainLine = 64 * 1024;
/// What came without a newline is shown after this long: classic programs have no framing.
inline constexpr auto plainPartial = 300ms;
/// What is read of a plain-text peer before a person has let it in, and shown with its request.
inline constexpr std::size_t plainPreview = 4 * 1024;
/// A peer that says nothing for this long where plain text is allowed is a plain-text peer.
inline constexpr auto plainSilence = 2s;
/// Where it is not allowed, how long a first byte 0x16 may take.
inline constexpr auto firstByte = 10s;
/// RFC 854 negotiations answered in one session; telnet needs about a dozen, and each answer is a write.
inline constexpr unsigned telnetAnswers = 64;
/// One message that a person sends. A longer text is offered as a file.
inline constexpr std::size_t messageText = 64 * 1024;

// --- who waits -------------------------------------------------------------------------------------------

/// How long a stranger waits for a person's answer.
inline constexpr auto request = 5min;
/// Requests that wait at once: what a person can still overlook.
inline constexpr std::size_t requests = 16;
/// ... and from one address, so that one computer cannot fill them.
inline constexpr std::size_t requestsPerAddress = 4;
/// Sessions at once. Each costs a process of about 1 MiB and three descriptors of the program's.
inline constexpr std::size_t sessions = 256;

// --- crashes ---------------------------------------------------------------------------------------------

/// The first delay before a crashed listener or a lost peer is tried again, and the last; doubled between.
inline constexpr auto backOffFirst = 1s;
inline constexpr auto backOffLast = 60s;
/// After this many crashes in a row a peer is held off for `crashHold` ...
inline constexpr unsigned crashesBeforeHold = 2;
inline constexpr auto crashHold = 60s;
/// ... and after this many it is given up until a person asks.
inline constexpr unsigned crashesBeforeStop = 5;
/// A worker that lived this long was well: its earlier crashes no longer count.
inline constexpr auto crashMemory = 10min;
/// Addresses remembered for their crashes; the oldest gives way.
inline constexpr std::size_t crashTable = 4096;

// --- the store -------------------------------------------------------------------------------------------

/// How long the store waits for another program's lock before it says so; sqlite3_busy_timeout.
inline constexpr auto storeLock = 3s;
/// Writes that share one transaction and so one flush. A flush costs about as much as 50 inserts; more than
/// this gains nothing and keeps the first of them waiting.
inline constexpr std::size_t storeBatch = 512;
/// Calls that wait for a store thread. Every peer's window (256 entries) full at once is 65,536.
inline constexpr std::size_t storeQueue = 100'000;
/// Results handed to the GUI thread in one turn of its event loop: well under the 16 ms of a frame.
inline constexpr auto storeDelivery = 4ms;
/// What a closing program waits for writes that are queued; a disk that needs longer is stuck.
inline constexpr auto storeClose = 10s;
/// Freed when the disk is full, so that deleting works: SQLite needs room to delete. A transaction that
/// erases one chunk of a conversation fits in many times.
inline constexpr std::size_t storeReserve = std::size_t{1024} * 1024;
/// The reserve is made (again) where at least this much would still be free beside it.
inline constexpr std::size_t storeReserveRoom = std::size_t{4} * 1024 * 1024;
/// How often the reserve is tried again.
inline constexpr auto storeReserveRetry = 30s;
/// SQLite's page cache of each connection, in KiB; the kernel's own cache does the rest.
inline constexpr int storeCacheKib = 1024;
/// The write-ahead log is cut back to this after a checkpoint.
inline constexpr std::size_t storeLogBytes = std::size_t{4} * 1024 * 1024;
/// Entries erased in one transaction: about 20 ms, so that writes that come meanwhile do not wait longer.
inline constexpr int storeEraseChunk = 500;
/// ... and where the disk is full, and the reserve is all there is.
inline constexpr int storeEraseSmall = 16;
/// Pages of the search index merged in one transaction, for the same reason.
inline constexpr int storeMergePages = 256;
/// One page of a conversation: entries, and bytes of text (one entry is always given).
inline constexpr int pageEntries = 1000;
inline constexpr std::size_t pageText = std::size_t{4} * 1024 * 1024;
/// Rows probed one by one where a page of the file is damaged.
inline constexpr int salvageProbes = 4096;
/// Hits in one answer of a search.
inline constexpr int searchHits = 500;
/// What is searched for: code points read of it, and words.
inline constexpr std::size_t searchInput = 512;
inline constexpr std::size_t searchWords = 32;
/// A longer word is indexed and searched by its beginning: base64 and the like are not words.
inline constexpr std::size_t searchWord = 64;
/// The preview of a conversation's last entry: one line of a list.
inline constexpr int previewCharacters = 200;
/// A draft: what fits into a message, several times over, as a draft may still be cut.
inline constexpr std::size_t draftText = std::size_t{256} * 1024;
/// A setting's name, and its value (the geometry of a window is the longest there is).
inline constexpr std::size_t settingName = 128;
inline constexpr std::size_t settingValue = std::size_t{64} * 1024;
/// protocol.md section 2: invites alive at once.
inline constexpr int invitesAlive = 64;
/// Addresses remembered for a contact; the one seen longest ago gives way.
inline constexpr int contactAddresses = 16;
/// Files of a profile beside its history in a backup, and the bytes of one (keys and the like).
inline constexpr int backupFiles = 64;
inline constexpr std::size_t backupFile = std::size_t{1024} * 1024;

// --- the program -----------------------------------------------------------------------------------------

/// A name, after clean-up: code points, and bytes of UTF-8.
inline constexpr std::size_t nameCodePoints = 64;
inline constexpr std::size_t nameBytes = 256;
/// Combining marks on one base character: 20,000 of them took 417 ms to lay out.
inline constexpr unsigned marksPerBase = 4;
/// One request or answer on the control socket: an address or a message, and JSON around it.
inline constexpr std::size_t controlLine = 512 * 1024;
/// How long a second start waits for the running program to answer on the control socket.
inline constexpr auto controlAnswer = 5s;
/// Addresses offered again in the Connect form.
inline constexpr std::size_t recentAddresses = 8;

} // namespace kith::core::limits
