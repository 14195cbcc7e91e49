// Every bound in Kith, each with its reason. Nothing grows with what a peer sends but up to one of these.
// Plain C++; used in every process. size budget: one list, as bounds are read side by side.
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
inline constexpr std::size_t resolverStack = std::size_t{256} * 1024;

// --- listening -------------------------------------------------------------------------------------------

/// The kernel's own cap (net.core.somaxconn) is 4096 on Linux 5.4 and later; a chat needs far fewer.
inline constexpr int listenBacklog = 128;
/// Descriptors passed up and not yet taken by the program. In flight they count against the listener's
/// RLIMIT_NOFILE, so this stays well below it.
inline constexpr std::size_t descriptorsInFlight = 64;
/// How long the program takes accepted connections in one turn of its event loop: one for which a process is
/// started is a turn, and some hundred that are turned away are one.
inline constexpr auto acceptTurn = 4ms;
/// RLIMIT_NOFILE of a listener: unix(7), in-flight descriptors count per user against the sender's limit.
inline constexpr unsigned listenerDescriptors = 512;
/// RLIMIT_NOFILE of a session worker: 0-4, the peer, up to 16 attempts of RFC 8305 and the resolver's own.
/// poll(2) fails with EINVAL where it is given more entries than this.
inline constexpr unsigned sessionDescriptors = 32;
/// A worker's memory, all that it maps counted (RLIMIT_AS): an idle one maps 20 MiB, a full one holds what
/// peerQueue and boundaryQueue allow. One that wants more has lost its way, and crashes alone.
inline constexpr std::size_t workerAddressSpace = std::size_t{512} * 1024 * 1024;
/// System calls that a worker may make in its sandbox: a longer list would be none that anybody reads.
inline constexpr unsigned allowedCalls = 24;
/// Where close_range(2) is missing and RLIMIT_NOFILE tells no number, a starting worker closes up to here.
inline constexpr int descriptorsToClose = 65536;
/// How long accept pauses when the process or the system is out of descriptors (EMFILE, ENFILE,
/// ETOOMANYREFS): long enough not to spin, short enough not to be noticed.
inline constexpr auto acceptPause = 200ms;

// --- the boundary between program and worker -------------------------------------------------------------

/// One message over the boundary: a plain-text message of 64 KiB and what protobuf adds.
inline constexpr std::size_t boundaryMessage = std::size_t{72} * 1024;
/// A worker's queue towards its program. When it is full the worker stops reading its peer.
inline constexpr std::size_t boundaryQueue = std::size_t{256} * 1024;
/// What the program lets QLocalSocket read ahead of it; the rest stays in the kernel.
inline constexpr std::size_t boundaryReadBuffer = std::size_t{256} * 1024;
/// Bytes handled of one channel in one turn of the program's event loop, so that no peer can hold it.
inline constexpr std::size_t boundaryBytesPerTurn = std::size_t{128} * 1024;
/// ... and messages, as each costs a row in a window whatever its length.
inline constexpr std::size_t boundaryMessagesPerTurn = 256;
/// What is still read of a channel whose writing side has failed: more than a socket's buffer holds (about
/// 208 KiB on Linux), so that a worker's last words are never lost.
inline constexpr std::size_t boundaryRescue = std::size_t{1024} * 1024;
/// Text handed to a worker and not yet reported as written. More waits in the conversation's outbox.
inline constexpr std::size_t unwrittenText = std::size_t{1024} * 1024;
/// What a message takes of a worker's queue beside its text: a line end, or an entry's frame with its ids and
/// numbers, which are 80 bytes at most. The program counts it in, so that short ones too stay within
/// peerQueue.
inline constexpr std::size_t messageOverhead = 96;
/// What a worker holds for a peer that does not read: the same amount, with room for what goes by itself.
inline constexpr std::size_t peerQueue = unwrittenText + boundaryMessage;
/// One read of a channel or a peer. On the stack, and the most that can come on top of a full queue.
inline constexpr std::size_t readChunk = std::size_t{16} * 1024;
/// A worker that ends waits this long for a busy program to take what it has read of its peer.
inline constexpr auto lastWords = 10s;
/// From QProcess::start to the worker's first word. It takes some milliseconds; a machine that swaps is
/// given this much before the person is told.
inline constexpr auto workerReady = 10s;
/// Between a worker's last word, the end of its channel and its exit: the kernel's work alone.
inline constexpr auto workerGone = 1s;
/// The end of a worker's standard error that is kept for Details.
inline constexpr std::size_t workerErrorOutput = std::size_t{4} * 1024;
/// /proc/PID/status: about 1.5 KiB on Linux 6.
inline constexpr std::size_t processStatus = std::size_t{8} * 1024;
/// Descriptors of the program's for one worker: two channels, standard error, QProcess's pidfd and ours; one
/// more while it is started.
inline constexpr unsigned descriptorsPerWorker = 6;
/// ... and for the program itself: display, bus, fonts, files.
inline constexpr unsigned descriptorsOfProgram = 256;

// --- ending ----------------------------------------------------------------------------------------------

/// SIGUSR1 asks a worker to end well: what is queued goes out within this time.
inline constexpr auto drain = 2s;
/// After our FIN, for the peer's own: what it still sends is read and dropped, so that close() sends no RST.
inline constexpr auto linger = 250ms;
/// Reads of limits::readChunk that empty a peer's receive buffer before close(): as much as tcp_rmem holds.
inline constexpr int lastReads = 512;
/// A worker that has not ended after SIGUSR1 gets SIGTERM (which it treats as a second SIGUSR1) ...
inline constexpr auto untilTerminate = 2500ms;
/// ... and SIGKILL.
inline constexpr auto untilKill = 3s;

// --- liveness --------------------------------------------------------------------------------------------

/// A silent plain-text peer is probed by the kernel after this long, this often and this many times (tcp(7),
/// TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT): one that is gone is known within 30 s.
inline constexpr int keepAliveIdle = 10;
inline constexpr int keepAliveInterval = 5;
inline constexpr int keepAliveProbes = 4;
/// TCP_USER_TIMEOUT: data unacknowledged for this long, or a window closed for this long, is a peer that is
/// gone. A person may stop a plain-text program for a while (^Z), so it is as long as silence may be.
inline constexpr auto plainUnacknowledged = 30s;

// --- secure peers ----------------------------------------------------------------------------------------

/// PROTOCOL.md, "Times": from accept to a verified AUTH of the initiator, absolutely ...
inline constexpr auto authentication = 10s;
/// ... and from the responder's AUTH to both PROFILEs.
inline constexpr auto profileExchange = 10s;
/// Payload of a frame from HELLO to KNOCK; the longest is KNOCK with a name of 256 bytes.
inline constexpr std::size_t handshakeFrame = 256;
/// ... of PROFILE: a name, four addresses, and what later versions add.
inline constexpr std::size_t profileFrame = std::size_t{2} * 1024;
/// ... of a conversation's frame: one protobuf message.
inline constexpr std::size_t conversationFrame = std::size_t{64} * 1024;
/// The text of an entry: a conversation frame less what stands around the text. A longer one is offered as a
/// file.
inline constexpr std::size_t entryText = conversationFrame - 512;
/// When an entry was written, in milliseconds since 1970 UTC: 9999-12-31T23:59:59.999Z, the last moment that
/// RFC 3339 can write. No clock is further off by mistake.
inline constexpr std::int64_t latestTime = 253'402'300'799'999;
/// The name in KNOCK, in bytes.
inline constexpr std::size_t knockName = 256;
/// A cipher suite's name over the boundary: "TLS_CHACHA20_POLY1305_SHA256" is the longest of TLS 1.3's.
inline constexpr std::size_t cipherName = 64;
/// Addresses in a PROFILE, and in an invite.
inline constexpr std::size_t profileAddresses = 4;
inline constexpr std::size_t inviteAddresses = 4;
/// TLS messages of the peer's after the handshake (KeyUpdate and the like) in this time: OpenSSL takes any
/// number, at 14 us each.
inline constexpr unsigned postHandshakeMessages = 16;
inline constexpr auto postHandshakeTime = 1h;
/// Application records of our own after which the sending key is renewed: AES-GCM is good for 2^24.5
/// full-size records (RFC 8446 section 5.5).
inline constexpr std::uint64_t recordsPerKey = std::uint64_t{1} << 22U;
/// TLS records are padded to a multiple of this, so that a length says little.
inline constexpr std::size_t recordPadding = 256;
/// A ping after this much silence of the peer's; and a peer is gone after that much.
inline constexpr auto pingAfter = 10s;
inline constexpr auto silence = 30s;
/// TCP_USER_TIMEOUT of a secure peer: data unacknowledged, or a window closed, for this long.
inline constexpr auto unacknowledged = 10s;
/// Pings that a peer may send: one in a second, some more at once after a pause.
inline constexpr unsigned pingsAtOnce = 16;
inline constexpr auto pingInterval = 1s;
/// A contact's conversation whose session dropped both programs may have begun anew at once: sessions that
/// were authenticated within this of each other are one dial from each side (PROTOCOL.md, "Two sessions with
/// one peer").
inline constexpr auto dialledAtOnce = 3s;
/// Dials of one address in one attempt: what the handshake asks for needs three at most, and nobody may send
/// us round in circles.
inline constexpr int dialsOfOneCall = 3;
/// After WAIT, for the caller's name; its request shows without one then.
inline constexpr auto knock = 3s;
/// How long an invite is good for unless a person says otherwise.
inline constexpr auto inviteLife = std::chrono::hours(24 * 7);
/// How long an invite that is spent or over is still listed, and kept.
inline constexpr auto inviteListed = std::chrono::hours(24 * 30);
/// Characters of a Kith ID that have to be typed before its beginning means somebody: the first group.
inline constexpr int kithIdTyped = 4;
/// A passphrase that keeps an exported key: shorter ones are guessed in hours whatever the key derivation.
inline constexpr std::size_t passphraseLeast = 8;
inline constexpr std::size_t passphraseMost = 1024;
/// What waits for the identity's thread: a few operations for each of `sessions`, of some 50 us each.
inline constexpr std::size_t keyQueue = 4096;
/// A key's file: PKCS#8 of Ed25519 in PEM is about 120 bytes, encrypted about 360.
inline constexpr std::size_t keyFile = std::size_t{4} * 1024;
/// scrypt (RFC 7914) over that passphrase: N and r take 16 MiB, half of what libcrypto allows PKCS#8, and p
/// is as OWASP's Password Storage Cheat Sheet has it for them: about 0.2 s.
inline constexpr std::uint64_t scryptCost = std::uint64_t{1} << 14U;
inline constexpr std::uint64_t scryptBlock = 8;
inline constexpr std::uint64_t scryptParallel = 5;
/// ... and its salt, at random for every file.
inline constexpr std::size_t scryptSalt = 16;
/// p of a file that is imported: with 32 MiB some seconds, where a made-up file could ask for days.
inline constexpr std::uint64_t scryptParallelMost = 64;
/// libcrypto's heap for secrets, and the least piece of it, both powers of two: a file's PEM and a key at a
/// time, within the 64 KiB that RLIMIT_MEMLOCK is on older systems.
inline constexpr std::size_t secretHeap = std::size_t{32} * 1024;
inline constexpr std::size_t secretHeapLeast = 32;

// --- plain text ------------------------------------------------------------------------------------------

/// A longer line is cut into several messages.
inline constexpr std::size_t plainLine = std::size_t{64} * 1024;
/// What came without a newline is shown after this long: classic programs have no framing.
inline constexpr auto plainPartial = 300ms;
/// What is read of a plain-text peer before a person has let it in, and shown with its request.
inline constexpr std::size_t plainPreview = std::size_t{4} * 1024;
/// A peer that says nothing for this long where plain text is allowed is a plain-text peer.
inline constexpr auto plainSilence = 2s;
/// Where it is not allowed, how long a first byte 0x16 may take.
inline constexpr auto firstByte = 10s;
/// RFC 854 negotiations answered in one session; telnet needs about a dozen, and each answer is a write.
inline constexpr unsigned telnetAnswers = 64;
/// RFC 855 sets no length; the longest that telnet sends is its terminal's name.
inline constexpr std::size_t telnetSubnegotiation = 1024;
/// One message that a person sends. A longer text is offered as a file.
inline constexpr std::size_t messageText = std::size_t{64} * 1024;
/// What one conversation holds for a peer that does not read: some minutes of pasting; more is refused, so
/// that a deaf peer cannot fill the memory.
inline constexpr std::size_t outboxText = std::size_t{16} * 1024 * 1024;

// --- who waits -------------------------------------------------------------------------------------------

/// How long a stranger waits for a person's answer.
inline constexpr auto request = 5min;
/// Requests that wait at once: what a person can still overlook.
inline constexpr std::size_t requests = 16;
/// ... and from one address, so that one computer cannot fill them.
inline constexpr std::size_t requestsPerAddress = 4;
/// Requests that nobody answered and that are still shown: one for an address, the newest of them.
inline constexpr std::size_t missedRequests = 16;
/// Addresses of plain-text programs that were turned away and told of; the oldest gives way.
inline constexpr std::size_t turnedAwayTold = 256;
/// ... and so many of them within turnedAwayToldEvery: a person may try several programs, a flood has
/// hundreds.
inline constexpr std::size_t turnedAwayAtOnce = 16;
/// Sessions at once, unless a person says otherwise. Each costs a process of about 1 MiB and
/// descriptorsPerWorker of the program's.
inline constexpr std::size_t sessions = 256;
/// ... and the most that may be said: about 6,000 descriptors and 1 GiB, and a few steps each for the
/// identity's thread within keyQueue.
inline constexpr std::size_t sessionsMost = 1024;

// --- the door --------------------------------------------------------------------------------------------

/// Workers of callers that have not proved who they are (and wait for nobody's answer): what strangers can
/// make us spend, some 16 MiB and the processor time of workerStarts.
inline constexpr std::size_t unauthenticated = 16;
/// ... and from one address (an IPv4 address, the first 64 bits of an IPv6 one): a household behind one
/// address still comes in together, and four such addresses are needed to fill the rest.
inline constexpr std::size_t unauthenticatedPerAddress = 4;
/// ... and kept for addresses that a contact authenticated from, so that strangers cannot shut contacts out:
/// one address may fill its share of 4, and there is room for another.
inline constexpr std::size_t unauthenticatedReserved = 6;
/// How long an address stays one that a contact came from: most home connections keep theirs for weeks.
inline constexpr auto contactAddressLife = std::chrono::hours(24 * 30);
/// One that was let in and has proved nothing for this long gives way to the next. TLS and AUTH take three
/// round trips, which are 0.9 s by way of a satellite, and some milliseconds of work.
inline constexpr auto givesWayAfter = 1500ms;
/// Workers started for callers in a second, and at once. A start takes about 4 ms of processor time, so this
/// is a fifth of one processor.
inline constexpr unsigned workerStarts = 50;
inline constexpr auto workerStartsTime = 1s;
/// ... of which the last are kept for addresses that a contact authenticated from.
inline constexpr unsigned workerStartsReserved = 10;
/// What one address may do wrong (break TLS, say what is not kith/1, say nothing for 10 s) before it is held
/// off: a person tries a port with the wrong program several times ...
inline constexpr unsigned misdeeds = 16;
/// ... and every so often one of them is forgotten.
inline constexpr auto misdeedForgotten = 5s;
/// One that only connects and leaves, as a port scan and a monitor do, costs a start and no more: as many of
/// them weigh as much as one of the others.
inline constexpr unsigned leavingsInAMisdeed = 4;
/// An IPv6 site (the first 48 bits) has 65,536 addresses of /64 to come from; several people may live there.
inline constexpr unsigned misdeedsOfASite = 4 * misdeeds;
/// The first time that an address is held off, and the longest; doubled between. OpenSSH's PerSourcePenalties
/// has 600 s for the longest too: an address that was somebody else's is free again soon.
inline constexpr auto penaltyFirst = 15s;
inline constexpr auto penaltyLast = 600s;
/// After each such time without a misdeed the next penalty is one step shorter.
inline constexpr auto penaltyStepForgotten = 600s;
/// Addresses remembered for their misdeeds, at about 200 bytes each; the least harmful gives way.
inline constexpr std::size_t addressTable = 4096;
/// Who is turned away at the door is told of once in this time for each reason; all are counted.
inline constexpr auto turnedAwayToldEvery = 60s;

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
/// A store thread that has nothing to do ends within this, on a machine with better things to do.
inline constexpr auto storeEnd = 250ms;
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
/// Invites alive at once: each is for one person, and a person still knows for whom.
inline constexpr int invitesAlive = 64;
/// Addresses remembered for a contact; the one seen longest ago gives way.
inline constexpr int contactAddresses = 16;
/// ... of those the ones that a contact came from, where nobody can be called: home, work, and what lies
/// between.
inline constexpr int contactOrigins = 4;
/// Files of a profile beside its history in a backup, and the bytes of one (keys and the like).
inline constexpr int backupFiles = 64;
inline constexpr std::size_t backupFile = std::size_t{1024} * 1024;

// --- the program -----------------------------------------------------------------------------------------

/// A name, after clean-up: code points, and bytes of UTF-8.
inline constexpr std::size_t nameCodePoints = 64;
inline constexpr std::size_t nameBytes = 256;
/// Combining marks on one base character: 20,000 of them took 417 ms to lay out.
inline constexpr unsigned marksPerBase = 4;
/// Ended conversations kept in the list; the oldest leaves first.
inline constexpr std::size_t endedConversations = 256;
/// What QWidget::saveGeometry() gives is about 70 bytes.
inline constexpr std::size_t windowGeometry = 1024;
/// Settings are stored when nothing has changed for this long.
inline constexpr auto settingsDelay = 500ms;
/// Commands that are carried out at once for other programs of this user.
inline constexpr std::size_t controlConnections = 16;
/// Output that waits for a program that does not read it; more, and it is taken for gone.
inline constexpr std::size_t controlBacklog = std::size_t{8} * 1024 * 1024;
/// A long answer waits for its reader from here on: a few times what a socket holds (about 208 KiB on Linux).
inline constexpr std::size_t controlAhead = std::size_t{1024} * 1024;
/// How often a second start tries a control socket that is not there yet: the first has only just begun.
inline constexpr auto controlRetry = 50ms;
/// One request or answer on the control socket: an address or a message, and JSON around it.
inline constexpr std::size_t controlLine = std::size_t{512} * 1024;
/// How long a second start waits for the running program to answer on the control socket.
inline constexpr auto controlAnswer = 5s;
/// Messages of one conversation that the program keeps in memory: some hours of talk, at most 32 MiB of the
/// longest kind.
inline constexpr std::size_t messagesInMemory = 2000;
inline constexpr std::size_t messageBytesInMemory = std::size_t{32} * 1024 * 1024;
/// What was received and is not yet stored: beyond either the worker is not read, until half of it is stored.
/// As many as share some transactions of the store.
inline constexpr std::size_t storingEntries = 2048;
inline constexpr std::size_t storingText = std::size_t{4} * 1024 * 1024;
/// Contacts, where strangers are let in without a question; a person may add more. All of them are in memory,
/// at some hundred bytes each, and are gone through for a name or a hint, in some milliseconds.
inline constexpr std::size_t contacts = 10'000;
/// Addresses that become links in one message, and the length of one: browsers take about as much.
inline constexpr int messageLinks = 64;
inline constexpr int linkCharacters = 2048;
/// Messages read from the history at once: some heights of a window.
inline constexpr int messagePage = 100;
/// A draft is stored when nothing was typed for this long.
inline constexpr auto draftDelay = 1s;
/// Ended plain-text conversations leave the list after a day; search finds them.
inline constexpr auto endedInList = 24h;
/// How often that is looked at.
inline constexpr auto endedLook = 10min;
/// What the first window waits for the settings in the history; a slow disk must not keep it.
inline constexpr auto settingsAtStart = 1s;
/// What a terminal reads of its standard input at once.
inline constexpr std::size_t terminalRead = std::size_t{64} * 1024;
/// Lines of a terminal that are not yet with the kernel: beyond either bound it stops reading its standard
/// input. The worker's own share, so that it never runs dry; and fewer messages than messagesInMemory.
inline constexpr std::size_t terminalUnsent = unwrittenText;
inline constexpr std::size_t terminalUnsentLines = 1000;
/// Output of a terminal that its reader has not taken yet. Beyond it the terminal waits for its reader, and
/// so do the peers.
inline constexpr std::size_t terminalOutput = std::size_t{1024} * 1024;
/// Entries that a command reads of one conversation at once: the first of each, then twice as many each time
/// up to this, so that only what is being written out is held in memory.
inline constexpr int terminalPage = 256;
/// Text of entries handed on at once: well below terminalOutput.
inline constexpr std::size_t terminalPageText = std::size_t{256} * 1024;
/// Conversations named one by one where a person is asked about them.
inline constexpr int terminalNamed = 20;
/// How long a command that erases waits for the last byte to leave the files. It takes 20 ms for 500 entries;
/// what is not done by then (a full disk) goes on whenever the profile is open.
inline constexpr auto terminalErase = 5min;
/// How much of one's own line is repeated where it was not sent.
inline constexpr std::size_t terminalQuote = 200;
/// Addresses offered again in the Connect form.
inline constexpr std::size_t recentAddresses = 8;

} // namespace kith::core::limits
