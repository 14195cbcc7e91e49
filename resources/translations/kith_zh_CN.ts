<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>MessageView</name>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>No answer from %1 in 10 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The router there may not pass port %1 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A firewall or router there may not pass port %1 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It works only inside its own network; if you are both there, a firewall on that computer is the likeliest reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host on %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other person then types %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 is taken by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 is taken by your profile “%2”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process for %1 crashed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It crashed twice; Kith waits 1 minute before the next connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process for %1 crashed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ended alone: your other conversations go on, and what was said stays here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You disconnected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ended the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection to %1 lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program or the network there stopped without a word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You declined %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asked to chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody answered for 5 minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plain-text program at %1 was turned away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text is off for it: anyone on the way could read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A program at %1 tried an encrypted connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Kith speaks plain text only. There it has to be connected in plain text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the spelling, or use the address that the other Kith shows under Host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not an address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a name or an address such as 192.168.1.7, and a port if it is not 5188: 192.168.1.7:5189.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This connection can only be in plain text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing protects plain text: anyone on the way can read and change it. This Kith speaks nothing else yet, so it asks you to choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No computer named “%1” was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name “%1” could not be looked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name service of your network did not answer. Try again, or use the address that the other Kith shows under Host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered, but nothing accepts connections on port %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the other person to press Host, and which port they see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no way from here to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer may be offline, or not in a network that reaches that address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is this same Kith.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To try it alone, open a practice window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1 failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused it; Details says how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not let you host on port %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports below 1024 are kept for the system. Use 5188 or another one above 1023.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no room for more connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody new comes in until some programs or connections are closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kith could not host on port %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused it; Details says how. Another port may do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kith could not start a connection process.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kith-worker is missing: install Kith again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many programs may be running on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It began and did not answer in 10 seconds; this computer may be very busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process for %1 was stopped by its sandbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It tried something that a connection may not do. Nothing else was touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is held off for a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process for it crashed twice in a row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many conversations are open at once. End some that you do not need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process for %1 broke off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ended without saying why. Your other conversations go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile is open in another Kith.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not answer. Close it, or start Kith with another profile. (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kith cannot use its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has to be a folder that you alone can read and write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This message is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most 64 KiB go in one message. It stays in the box, unsent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not read what you send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As much as can wait for it waits already. The message stays in the box, unsent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text keeps nothing for later. The message stays in the box, unsent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no conversation with “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kith did not understand that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Kith.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report it, with the line under Details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect in plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other port…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow plain text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open practice window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One message did not go out; it is marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 messages did not go out; they are marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected · plain text: anyone on the way can read this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting: it has not left this computer yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent %1, not confirmed: plain text knows no receipts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent: the conversation ended before it went out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Terminal</name>
    <message>
        <source>Nothing protects plain text: anyone on the way can read and change it. This Kith speaks nothing else yet; add --plain to choose it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most 64 KiB go in one message. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are hosting on port %1. This computer is in no network: only its own programs can connect, to 127.0.0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are hosting on port %1. On the same network, the other person connects to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat. /accept %1 or /decline %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat. /accept or /decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has typed: “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you type goes to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is gone. Choose with /to NAME who gets what you type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is here yet: what you type waits for the first who comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line was not sent: nobody was there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 lines were not sent: nobody was there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, at %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (gets what you type)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody waits for an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say which one: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” fits several: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no command %1; /help lists them. To send a line that begins with /, type // instead. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>/to NAME         send what you type to NAME
/who             who is here and who asks
/accept [NAME]   let in who asks
/decline [NAME]  do not let them in
/quit            end every conversation and leave
/help            this list
//...            send a line that begins with /</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log %1 cannot be written: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The terminal that has this profile open already hosts, on port %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile is open in a terminal. Close Kith there, or choose another profile.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::AboutDialog</name>
    <message>
        <source>About Kith</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kith</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk directly, computer to computer. No account, no server. Every conversation runs in a process of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::BarStack</name>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::ConnectForm</name>
    <message>
        <source>Go to someone who is hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>192.168.1.7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For netcat, telnet and classic chat programs. Anyone on the way can read it. Choose it first: a program that takes only one connection ends when Kith tries encryption.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the other Kith shows under Host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not an address yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, port %2, plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::ConversationPage</name>
    <message>
        <source>Write a message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are connected to %1. Messages are kept in this window and nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::ConversationRows</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 unread</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::EmptyPage</name>
    <message>
        <source>Choose a conversation, or press Host or Connect.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::HostPanel</name>
    <message>
        <source>You are hosting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the same network, the other person presses Connect and types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow plain text from the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Kith speaks plain text only, which anyone on the way can read. While this is off, only programs on this computer can come in. You are asked about each one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it in a terminal. It asks for an administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other addresses of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow plain text from this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting from elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ways to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop hosting and disconnect all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not hosting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening port %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can come in at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are asked before anybody comes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in no network. Programs on it connect to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programs on this computer connect to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are asked before anybody comes in. Nobody comes in from the network yet: see below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These addresses work only inside your network. From the internet, your router must pass TCP port %1 on to %2 (“port forwarding”), or both of you use one VPN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has come in yet. If they get no answer, a firewall on this computer may be blocking port %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::MainWindow</name>
    <message>
        <source>Kith</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 — Kith</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a practice window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Kith</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::MessageView</name>
    <message>
        <source>[%1] %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy with names and times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3: %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::PageHeader</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End this conversation; its process is told to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asked to chat at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for your answer · %1:%2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People you connect with see this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow plain text from this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow plain text from the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anyone on the way can read plain text. You are asked about everyone who comes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host again at start, if Kith was hosting when it was closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::SideBar</name>
    <message>
        <source>Your name and settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for someone to connect (Ctrl+H)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to someone who is hosting (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations stand here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kith::gui::StartPage</name>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk directly, computer to computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account, no server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press to change your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People you connect with see this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying it alone?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a practice window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second window, as another person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for someone to connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to someone who is hosting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
