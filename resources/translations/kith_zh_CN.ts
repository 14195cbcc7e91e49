<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ConnectionCell</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>对方连入</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>由你连出</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Waiting to be let in</source>
        <translation>等待对方允许</translation>
    </message>
    <message>
        <source>Asks to come in</source>
        <translation>请求进入</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>正在结束</translation>
    </message>
    <message>
        <source>Anyone who connects</source>
        <translation>任何来连接的人</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>明文</translation>
    </message>
    <message>
        <source>None: plain text</source>
        <translation>无：明文</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Careful: what stands before the “@” is not where this leads. It leads to %1.</source>
        <translation>注意：“@” 前面的内容并不是它要去的地方。它实际指向 %1。</translation>
    </message>
    <message>
        <source>Open %1 in your browser?</source>
        <translation>在浏览器中打开 %1 吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>No answer from %1 in 10 seconds.</source>
        <translation>%1 在 10 秒内没有应答。</translation>
    </message>
    <message>
        <source>The router there may not pass port %1 on.</source>
        <translation>那边的路由器可能没有转发端口 %1。</translation>
    </message>
    <message>
        <source>A firewall or router there may not pass port %1 on.</source>
        <translation>那边的防火墙或路由器可能没有放行端口 %1。</translation>
    </message>
    <message>
        <source>It works only inside its own network; if you are both there, a firewall on that computer is the likeliest reason.</source>
        <translation>这个地址只在它自己的网络里有效；如果你们在同一网络，多半是那台电脑的防火墙拦住了。</translation>
    </message>
    <message>
        <source>Host on %1?</source>
        <translation>改在端口 %1 等待连接？</translation>
    </message>
    <message>
        <source>The other person then types %1.</source>
        <translation>对方需要输入 %1。</translation>
    </message>
    <message>
        <source>Port %1 is taken by another program.</source>
        <translation>端口 %1 已被其他程序占用。</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>%1 秒后重试。</translation>
    </message>
    <message>
        <source>The process for %1 crashed again.</source>
        <translation>%1 的进程再次崩溃。</translation>
    </message>
    <message>
        <source>It crashed twice; Kith waits 1 minute before the next connection.</source>
        <translation>它已经崩溃两次；Kith 会等 1 分钟再进行下一次连接。</translation>
    </message>
    <message>
        <source>The process for %1 crashed.</source>
        <translation>%1 的进程崩溃了。</translation>
    </message>
    <message>
        <source>It ended alone: your other conversations go on, and what was said stays here.</source>
        <translation>只有它结束了：其他对话照常进行，已有的内容仍保留在这里。</translation>
    </message>
    <message>
        <source>You disconnected.</source>
        <translation>你已断开连接。</translation>
    </message>
    <message>
        <source>%1 ended the conversation.</source>
        <translation>%1 结束了对话。</translation>
    </message>
    <message>
        <source>Connection to %1 lost.</source>
        <translation>与 %1 的连接已中断。</translation>
    </message>
    <message>
        <source>The program or the network there stopped without a word.</source>
        <translation>那边的程序或网络突然没有了响应。</translation>
    </message>
    <message>
        <source>You declined %1.</source>
        <translation>你拒绝了 %1。</translation>
    </message>
    <message>
        <source>%1 asked to chat.</source>
        <translation>%1 曾请求聊天。</translation>
    </message>
    <message>
        <source>Nobody answered for 5 minutes.</source>
        <translation>5 分钟内无人应答。</translation>
    </message>
    <message>
        <source>A plain-text program at %1 was turned away.</source>
        <translation>来自 %1 的明文程序被拒之门外。</translation>
    </message>
    <message>
        <source>Plain text is off for it: anyone on the way could read it.</source>
        <translation>对它未开启明文：途中的任何人都能读到内容。</translation>
    </message>
    <message>
        <source>A program at %1 tried an encrypted connection.</source>
        <translation>%1 上的程序尝试了加密连接。</translation>
    </message>
    <message>
        <source>You had let it in as a plain-text program. It can connect once more.</source>
        <translation>你曾把它当作明文程序放了进来。它可以再次连接。</translation>
    </message>
    <message>
        <source>Check the spelling, or use the address that the other Kith shows under Host.</source>
        <translation>请检查拼写，或使用对方 Kith 在“等待连接”中显示的地址。</translation>
    </message>
    <message>
        <source>“%1” is not an address.</source>
        <translation>“%1”不是地址。</translation>
    </message>
    <message>
        <source>Type a name or an address such as 192.168.1.7, and a port if it is not 5188: 192.168.1.7:5189.</source>
        <translation>请输入名称或地址，例如 192.168.1.7；端口不是 5188 时写成 192.168.1.7:5189。</translation>
    </message>
    <message>
        <source>No computer named “%1” was found.</source>
        <translation>找不到名为“%1”的电脑。</translation>
    </message>
    <message>
        <source>The name “%1” could not be looked up.</source>
        <translation>无法查询名称“%1”。</translation>
    </message>
    <message>
        <source>The name service of your network did not answer. Try again, or use the address that the other Kith shows under Host.</source>
        <translation>你所在网络的域名服务没有应答。请重试，或使用对方 Kith 在“等待连接”中显示的地址。</translation>
    </message>
    <message>
        <source>%1 answered, but nothing accepts connections on port %2.</source>
        <translation>%1 有应答，但端口 %2 上没有程序接受连接。</translation>
    </message>
    <message>
        <source>Ask the other person to press Host, and which port they see.</source>
        <translation>请让对方按“等待连接”，并问清显示的端口。</translation>
    </message>
    <message>
        <source>There is no way from here to %1.</source>
        <translation>从这里无法到达 %1。</translation>
    </message>
    <message>
        <source>This computer may be offline, or not in a network that reaches that address.</source>
        <translation>这台电脑可能没有联网，或所在的网络到不了那个地址。</translation>
    </message>
    <message>
        <source>That is this same Kith.</source>
        <translation>这就是你自己的 Kith。</translation>
    </message>
    <message>
        <source>To try it alone, open a practice window.</source>
        <translation>想独自试用，请打开练习窗口。</translation>
    </message>
    <message>
        <source>Connecting to %1 failed.</source>
        <translation>连接 %1 失败。</translation>
    </message>
    <message>
        <source>The system refused it; Details says how.</source>
        <translation>系统拒绝了，原因见“详情”。</translation>
    </message>
    <message>
        <source>This computer does not let you host on port %1.</source>
        <translation>这台电脑不允许你在端口 %1 上等待连接。</translation>
    </message>
    <message>
        <source>Ports below 1024 are kept for the system. Use 5188 or another one above 1023.</source>
        <translation>1024 以下的端口留给系统使用。请用 5188 或其他大于 1023 的端口。</translation>
    </message>
    <message>
        <source>This computer has no room for more connections.</source>
        <translation>这台电脑无法再接受更多连接。</translation>
    </message>
    <message>
        <source>Nobody new comes in until some programs or connections are closed.</source>
        <translation>关闭一些程序或连接之前，新的人无法进来。</translation>
    </message>
    <message>
        <source>Kith could not host on port %1.</source>
        <translation>Kith 无法在端口 %1 上等待连接。</translation>
    </message>
    <message>
        <source>The system refused it; Details says how. Another port may do.</source>
        <translation>系统拒绝了，原因见“详情”。换一个端口也许可以。</translation>
    </message>
    <message>
        <source>Kith could not start a connection process.</source>
        <translation>Kith 无法启动连接进程。</translation>
    </message>
    <message>
        <source>kith-worker is missing: install Kith again.</source>
        <translation>缺少 kith-worker：请重新安装 Kith。</translation>
    </message>
    <message>
        <source>Too many programs may be running on this computer.</source>
        <translation>这台电脑上运行的程序可能太多了。</translation>
    </message>
    <message>
        <source>It began and did not answer in 10 seconds; this computer may be very busy.</source>
        <translation>进程已启动，但 10 秒内没有应答；这台电脑可能很忙。</translation>
    </message>
    <message>
        <source>The process for %1 was stopped by its sandbox.</source>
        <translation>%1 的进程被沙箱终止。</translation>
    </message>
    <message>
        <source>It tried something that a connection may not do. Nothing else was touched.</source>
        <translation>它试图做连接不允许做的事。其他部分没有受到影响。</translation>
    </message>
    <message>
        <source>This computer cannot confine a connection process.</source>
        <translation>这台电脑无法限制连接进程。</translation>
    </message>
    <message>
        <source>A process that talks to the network should reach nothing else, and this system does not let Kith see to that. In the settings you can go on without.</source>
        <translation>与网络通信的进程不应触及任何其他东西，而这个系统不允许 Kith 做到这一点。你可以在设置中选择在没有限制的情况下继续。</translation>
    </message>
    <message>
        <source>%1 is held off for a minute.</source>
        <translation>%1 被暂缓一分钟。</translation>
    </message>
    <message>
        <source>The process for it crashed twice in a row.</source>
        <translation>它的进程连续崩溃了两次。</translation>
    </message>
    <message>
        <source>Too many conversations are open at once. End some that you do not need.</source>
        <translation>同时打开的对话太多。请结束一些不需要的。</translation>
    </message>
    <message>
        <source>The process for %1 broke off.</source>
        <translation>%1 的进程意外中止。</translation>
    </message>
    <message>
        <source>It ended without saying why. Your other conversations go on.</source>
        <translation>它没有说明原因就结束了。其他对话照常进行。</translation>
    </message>
    <message>
        <source>This profile is open in another Kith.</source>
        <translation>这个身份已在另一个 Kith 中打开。</translation>
    </message>
    <message>
        <source>It did not answer. Close it, or start Kith with another profile. (%1)</source>
        <translation>它没有应答。请关闭它，或用另一个身份启动 Kith。（%1）</translation>
    </message>
    <message>
        <source>Kith cannot use its folder.</source>
        <translation>Kith 无法使用自己的文件夹。</translation>
    </message>
    <message>
        <source>%1 has to be a folder that you alone can read and write.</source>
        <translation>%1 必须是只有你自己能读写的文件夹。</translation>
    </message>
    <message>
        <source>This message is too long.</source>
        <translation>这条消息太长。</translation>
    </message>
    <message>
        <source>At most 64 KiB go in one message. It stays in the box, unsent.</source>
        <translation>一条消息最多 64 KiB。它仍留在输入框里，没有发送。</translation>
    </message>
    <message>
        <source>%1 does not read what you send.</source>
        <translation>%1 没有读取你发送的内容。</translation>
    </message>
    <message>
        <source>As much as can wait for it waits already. The message stays in the box, unsent.</source>
        <translation>等待发送的内容已达上限。这条消息仍留在输入框里，没有发送。</translation>
    </message>
    <message>
        <source>Not connected to %1.</source>
        <translation>未连接到 %1。</translation>
    </message>
    <message>
        <source>Plain text keeps nothing for later. The message stays in the box, unsent.</source>
        <translation>明文对话不会留待以后发送。消息仍留在输入框里，没有发送。</translation>
    </message>
    <message>
        <source>There is no conversation with “%1”.</source>
        <translation>没有与“%1”的对话。</translation>
    </message>
    <message>
        <source>Kith did not understand that.</source>
        <translation>Kith 没有看懂。</translation>
    </message>
    <message>
        <source>Something went wrong inside Kith.</source>
        <translation>Kith 内部出错了。</translation>
    </message>
    <message>
        <source>Please report it, with the line under Details.</source>
        <translation>请反馈此问题，并附上“详情”中的那一行。</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Connect in plain text</source>
        <translation>用明文连接</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Other port…</source>
        <translation>其他端口…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次请求</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Allow plain text…</source>
        <translation>允许明文…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Open practice window</source>
        <translation>打开练习窗口</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>One message did not go out; it is marked.</source>
        <translation>有一条消息没有发出，已作标记。</translation>
    </message>
    <message>
        <source>%1 messages did not go out; they are marked.</source>
        <translation>有 %1 条消息没有发出，已作标记。</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>等待你的答复</translation>
    </message>
    <message>
        <source>Connected · plain text: anyone on the way can read this</source>
        <translation>已连接 · 明文：途中的任何人都能读到</translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation>正在断开…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Waiting: it has not left this computer yet</source>
        <translation>等待中：尚未离开这台电脑</translation>
    </message>
    <message>
        <source>Sent %1, not confirmed: plain text knows no receipts</source>
        <translation>已于 %1 发出，未经确认：明文没有回执</translation>
    </message>
    <message>
        <source>Not sent: the conversation ended before it went out</source>
        <translation>未发送：发出之前对话已结束</translation>
    </message>
    <message>
        <source>Plain text · %1</source>
        <translation>明文 · %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Begin a new history</source>
        <translation>新建聊天记录</translation>
    </message>
    <message>
        <source>Show the files</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>选择其他文件…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>This history was written by a newer Kith.</source>
        <translation>这份聊天记录由较新版本的 Kith 写入。</translation>
    </message>
    <message>
        <source>Install that version again, or a later one. Nothing was changed.</source>
        <translation>请重新安装那个版本或更高版本。未作任何改动。</translation>
    </message>
    <message>
        <source>The history of this profile is damaged.</source>
        <translation>此身份的聊天记录已损坏。</translation>
    </message>
    <message>
        <source>A copy was made, and what can be read is shown. Nothing was deleted. New messages are not kept until a new history is begun.</source>
        <translation>已制作副本，能读取的内容会显示出来。没有删除任何内容。新建聊天记录之前，新消息不会保存。</translation>
    </message>
    <message>
        <source>The history can be read, but not written.</source>
        <translation>聊天记录可以读取，但无法写入。</translation>
    </message>
    <message>
        <source>Check the permissions of the profile&apos;s folder, and whether its disk is mounted read-only. New messages are not kept.</source>
        <translation>请检查此身份的文件夹的权限，以及它所在的磁盘是否以只读方式挂载。新消息不会保存。</translation>
    </message>
    <message>
        <source>Your disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The message stays in the box, unsent. Clearing a history makes room.</source>
        <translation>消息仍留在输入框里，没有发送。清除聊天记录可以腾出空间。</translation>
    </message>
    <message>
        <source>Another program is using the history.</source>
        <translation>另一个程序正在使用聊天记录。</translation>
    </message>
    <message>
        <source>A backup program may be reading it. Try again when it is done.</source>
        <translation>可能有备份程序正在读取它。请等它完成后再试。</translation>
    </message>
    <message>
        <source>The history cannot be opened.</source>
        <translation>无法打开聊天记录。</translation>
    </message>
    <message>
        <source>Check that the profile&apos;s folder is there, and yours.</source>
        <translation>请检查此身份的文件夹是否存在，以及是否归你所有。</translation>
    </message>
    <message>
        <source>There is a file of that name already.</source>
        <translation>已有同名文件。</translation>
    </message>
    <message>
        <source>This is not a whole backup of Kith&apos;s.</source>
        <translation>这不是完整的 Kith 备份。</translation>
    </message>
    <message>
        <source>It may have been cut off or changed on its way. Nothing was restored.</source>
        <translation>它可能在传送途中被截断或改动。未恢复任何内容。</translation>
    </message>
    <message>
        <source>This profile has a history already.</source>
        <translation>此身份已有聊天记录。</translation>
    </message>
    <message>
        <source>Restoring puts what is there aside, in a folder of its own; nothing is deleted.</source>
        <translation>恢复时会把现有内容移到单独的文件夹；不会删除任何内容。</translation>
    </message>
    <message>
        <source>The file could not be read or written.</source>
        <translation>无法读取或写入文件。</translation>
    </message>
    <message>
        <source>Keep stopped</source>
        <translation>保持停止</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比对…</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>取消屏蔽</translation>
    </message>
    <message>
        <source>Show invites</source>
        <translation>查看邀请</translation>
    </message>
    <message>
        <source>Connected · encrypted · verified</source>
        <translation>已连接 · 已加密 · 已验证</translation>
    </message>
    <message>
        <source>Connected · encrypted · not verified</source>
        <translation>已连接 · 已加密 · 未验证</translation>
    </message>
    <message>
        <source>Waiting for the other person to let you in · %1</source>
        <translation>正在等对方同意 · %1</translation>
    </message>
    <message>
        <source>Stopped: %1&apos;s key has changed</source>
        <translation>已停止：%1 的密钥变了</translation>
    </message>
    <message>
        <source>You blocked %1</source>
        <translation>你屏蔽了 %1</translation>
    </message>
    <message>
        <source>Sent %1, not confirmed yet</source>
        <translation>%1 已发送，尚未确认</translation>
    </message>
    <message>
        <source>Something answered, but not Kith.</source>
        <translation>那里有程序应答，但不是 Kith。</translation>
    </message>
    <message>
        <source>%1 is not there, or something is in between. Nothing was sent.</source>
        <translation>%1 不在那里，或者中间有别的东西。什么也没有发送。</translation>
    </message>
    <message>
        <source>Netcat, telnet and classic chat programs need plain text, which nothing protects; they may have to be started again.</source>
        <translation>netcat、telnet 和经典聊天程序需要明文，而明文没有任何保护；它们可能要重新启动。</translation>
    </message>
    <message>
        <source>This may not be %1.</source>
        <translation>这可能不是 %1。</translation>
    </message>
    <message>
        <source>The key at %1 is not the one you know. %2 may have installed Kith anew, or someone is in between. Nothing was sent. Ask %2 another way.</source>
        <translation>%1 那里的密钥不是你认识的那一个。%2 可能重新安装了 Kith，也可能有人在中间。什么也没有发送。请用别的方式问问 %2。</translation>
    </message>
    <message>
        <source>The Kith of %1 is too old for yours.</source>
        <translation>%1 的 Kith 对你的来说太旧了。</translation>
    </message>
    <message>
        <source>Ask the other person to install the latest one.</source>
        <translation>请对方安装最新版本。</translation>
    </message>
    <message>
        <source>Your Kith is too old for that of %1.</source>
        <translation>你的 Kith 对 %1 的来说太旧了。</translation>
    </message>
    <message>
        <source>Install the latest one.</source>
        <translation>请安装最新版本。</translation>
    </message>
    <message>
        <source>Someone may be in between. Nothing was sent.</source>
        <translation>可能有人在中间。什么也没有发送。</translation>
    </message>
    <message>
        <source>The encrypted connection to %1 failed.</source>
        <translation>与 %1 的加密连接失败了。</translation>
    </message>
    <message>
        <source>It was cut or changed on its way.</source>
        <translation>它在途中被切断或改动了。</translation>
    </message>
    <message>
        <source>The host closed without a word.</source>
        <translation>对方没有说明就关闭了连接。</translation>
    </message>
    <message>
        <source>It may take only contacts and people with an invite: ask for one.</source>
        <translation>它可能只接受联系人和持有邀请的人：请向对方要一份邀请。</translation>
    </message>
    <message>
        <source>You were not let in.</source>
        <translation>对方没有同意。</translation>
    </message>
    <message>
        <source>%1 showed a key that nobody can have.</source>
        <translation>%1 出示了一个谁都不可能拥有的密钥。</translation>
    </message>
    <message>
        <source>%1 could not prove who they are.</source>
        <translation>%1 没能证明自己的身份。</translation>
    </message>
    <message>
        <source>That is you.</source>
        <translation>那就是你自己。</translation>
    </message>
    <message>
        <source>The Kith there has your own key: it is this one, or a copy of your profile. To try it alone, open a practice window.</source>
        <translation>那里的 Kith 用的是你自己的密钥：它就是这一个，或者是你的配置的副本。想独自试用，请打开练习窗口。</translation>
    </message>
    <message>
        <source>You blocked %1.</source>
        <translation>你屏蔽了 %1。</translation>
    </message>
    <message>
        <source>Another connection to %1 goes on.</source>
        <translation>与 %1 的另一个连接继续进行。</translation>
    </message>
    <message>
        <source>The program of %1 sent more than anybody needs.</source>
        <translation>%1 的程序发来的东西多得没有道理。</translation>
    </message>
    <message>
        <source>The connection was closed. What was said stays here.</source>
        <translation>连接已关闭。说过的话还在这里。</translation>
    </message>
    <message>
        <source>The program of %1 sent something that makes no sense.</source>
        <translation>%1 的程序发来了没有意义的东西。</translation>
    </message>
    <message>
        <source>That is not a whole invite.</source>
        <translation>这不是一份完整的邀请。</translation>
    </message>
    <message>
        <source>It may have been cut off or changed on its way. Ask for it again, and copy all of it.</source>
        <translation>它可能在途中被截断或改动了。请再要一次，并完整复制。</translation>
    </message>
    <message>
        <source>Too many invites wait to be used.</source>
        <translation>等待使用的邀请太多了。</translation>
    </message>
    <message>
        <source>At most 64 at a time. Revoke some that nobody needs any more.</source>
        <translation>最多同时 64 份。请撤销一些没有人再需要的。</translation>
    </message>
    <message>
        <source>“%1” is not a Kith ID.</source>
        <translation>“%1” 不是 Kith ID。</translation>
    </message>
    <message>
        <source>A character may be wrong, or some are missing.</source>
        <translation>可能有一个字符错了，或者缺了几个。</translation>
    </message>
    <message>
        <source>This file holds no key of Kith&apos;s.</source>
        <translation>这个文件里没有 Kith 的密钥。</translation>
    </message>
    <message>
        <source>Choose the file that “Export key” wrote. Nothing was changed.</source>
        <translation>请选择“导出密钥”写出的文件。什么也没有改变。</translation>
    </message>
    <message>
        <source>The passphrase does not open this key.</source>
        <translation>这个口令打不开这个密钥。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>什么也没有改变。</translation>
    </message>
    <message>
        <source>Choose a longer passphrase.</source>
        <translation>请选择更长的口令。</translation>
    </message>
    <message>
        <source>At least 8 characters: whoever finds the file can try millions of short ones.</source>
        <translation>至少 8 个字符：拿到文件的人可以试遍几百万个短口令。</translation>
    </message>
    <message>
        <source>Your key cannot be used.</source>
        <translation>你的密钥不能用。</translation>
    </message>
    <message>
        <source>%1 has to be a whole key file that you alone can read. It was left as it is. Until it is right, only plain text works.</source>
        <translation>%1 必须是一个完整的、只有你能读的密钥文件。它保持原样。在它恢复正常之前，只能使用明文。</translation>
    </message>
    <message>
        <source>no new privileges</source>
        <translation>无新权限</translation>
    </message>
    <message>
        <source>not confined</source>
        <translation>未受限制</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 alone</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>Stopped: your numbers with %1 differ</source>
        <translation>已停止：你与 %1 的号码不一致</translation>
    </message>
    <message>
        <source>Stopped: %1&apos;s key has changed, or your numbers differed</source>
        <translation>已停止：%1 的密钥变了，或者你们的号码不一致</translation>
    </message>
    <message>
        <source>Your numbers with %1 differ.</source>
        <translation>你与 %1 的号码不一致。</translation>
    </message>
    <message>
        <source>Somebody may be in between: what was said may have been read or changed on its way. Nothing more is sent or received. Ask %1 another way.</source>
        <translation>中间可能有人：说过的话可能在途中被看过或改过。不会再收发任何内容。请用别的方式问问 %1。</translation>
    </message>
    <message>
        <source>%1 is stopped.</source>
        <translation>与 %1 的往来已停止。</translation>
    </message>
    <message>
        <source>Another key was shown, or your numbers differed: somebody may be in between. Nothing is sent or received. Ask %1 another way.</source>
        <translation>出现过另一把密钥，或者你们的号码不一致：中间可能有人。不会收发任何内容。请用别的方式问问 %1。</translation>
    </message>
</context>
<context>
    <name>Terminal</name>
    <message>
        <source>--sandbox-optional goes on without.</source>
        <translation>--sandbox-optional 会在没有限制的情况下继续。</translation>
    </message>
    <message>
        <source>At most 64 KiB go in one message. Nothing was sent.</source>
        <translation>一条消息最多 64 KiB。什么都没有发送。</translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation>没有人连接。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>什么都没有发送。</translation>
    </message>
    <message>
        <source>You are hosting on port %1. This computer is in no network: only its own programs can connect, to 127.0.0.1.</source>
        <translation>你正在端口 %1 上等待连接。这台电脑没有联网：只有本机的程序能连接到 127.0.0.1。</translation>
    </message>
    <message>
        <source>You are hosting on port %1. On the same network, the other person connects to %2</source>
        <translation>你正在端口 %1 上等待连接。在同一网络中，对方连接到 %2</translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat. /accept %1 or /decline %1</source>
        <translation>来自 %1 的明文程序想要聊天。/accept %1 或 /decline %1</translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat. /accept or /decline</source>
        <translation>来自 %1 的明文程序想要聊天。/accept 或 /decline</translation>
    </message>
    <message>
        <source>It has typed: “%1”</source>
        <translation>它已输入：“%1”</translation>
    </message>
    <message>
        <source>What you type goes to %1.</source>
        <translation>你输入的内容会发给 %1。</translation>
    </message>
    <message>
        <source>%1 is gone. Choose with /to NAME who gets what you type.</source>
        <translation>%1 已离开。请用 /to NAME 选择你输入的内容发给谁。</translation>
    </message>
    <message>
        <source>Nobody is here yet: what you type waits for the first who comes.</source>
        <translation>还没有人来：你输入的内容会等第一个来的人。</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>One line was not sent: nobody was there.</source>
        <translation>有一行没有发送：没有人在。</translation>
    </message>
    <message>
        <source>%1 lines were not sent: nobody was there.</source>
        <translation>有 %1 行没有发送：没有人在。</translation>
    </message>
    <message>
        <source>%1, at %2: %3</source>
        <translation>%1，位于 %2：%3</translation>
    </message>
    <message>
        <source>%1 (gets what you type)</source>
        <translation>%1（接收你输入的内容）</translation>
    </message>
    <message>
        <source>Nobody waits for an answer.</source>
        <translation>没有人在等待答复。</translation>
    </message>
    <message>
        <source>%1 asked to chat, and nobody answered. /accept %2 lets them in the next time.</source>
        <translation>%1 请求过聊天，没有人答复。输入 /accept %2，下次就让对方进来。</translation>
    </message>
    <message>
        <source>One more asked to chat, of whom nothing else is kept.</source>
        <translation>另有一人请求过聊天，没有留下其他记录。</translation>
    </message>
    <message>
        <source>%1 more asked to chat, of whom nothing else is kept.</source>
        <translation>另有 %1 人请求过聊天，没有留下其他记录。</translation>
    </message>
    <message>
        <source>%1 is let in.</source>
        <translation>已让 %1 进来。</translation>
    </message>
    <message>
        <source>%1 comes in without a question the next time.</source>
        <translation>%1 下次不经询问就能进来。</translation>
    </message>
    <message>
        <source>Say which one: %1</source>
        <translation>请说明是哪一个：%1</translation>
    </message>
    <message>
        <source>“%1” fits several: %2</source>
        <translation>“%1”对应多个：%2</translation>
    </message>
    <message>
        <source>There is no command %1; /help lists them. To send a line that begins with /, type // instead. Nothing was sent.</source>
        <translation>没有命令 %1；/help 会列出所有命令。要发送以 / 开头的一行，请改用 //。什么都没有发送。</translation>
    </message>
    <message>
        <source>The log %1 cannot be written: %2</source>
        <translation>无法写入日志 %1：%2</translation>
    </message>
    <message>
        <source>The terminal that has this profile open already hosts, on port %1.</source>
        <translation>打开此身份的终端已在端口 %1 上等待连接。</translation>
    </message>
    <message>
        <source>This profile is open in a terminal. Close Kith there, or choose another profile.</source>
        <translation>此身份已在终端中打开。请在那里关闭 Kith，或选择其他身份。</translation>
    </message>
    <message>
        <source>This profile is open in the window of Kith, which does not know that command.</source>
        <translation>此身份已在 Kith 窗口中打开，窗口不认识这个命令。</translation>
    </message>
    <message>
        <source>This profile is open in the window of Kith, which asks about everybody who comes in and keeps what is said. Leave out --accept, --once and --no-history, or use another --profile.</source>
        <translation>此身份已在 Kith 窗口中打开，窗口会逐一询问每个来访者，并保留聊天内容。请去掉 --accept、--once 和 --no-history，或使用其他 --profile。</translation>
    </message>
    <message>
        <source>To try it alone, start another one with --profile and a folder of its own.</source>
        <translation>想独自试用，请用 --profile 和另一个文件夹再启动一个。</translation>
    </message>
    <message>
        <source>What cannot be kept is not sent. Clearing a history makes room: kith-cli clear.</source>
        <translation>无法保存的内容不会发出。清除聊天记录可以腾出空间：kith-cli clear。</translation>
    </message>
    <message>
        <source>What can be read is shown.</source>
        <translation>能读取的内容会显示出来。</translation>
    </message>
    <message>
        <source>What can be read comes from the copy %1.</source>
        <translation>能读取的内容来自副本 %1。</translation>
    </message>
    <message>
        <source>%1 Nothing was deleted. New messages are not kept until a new history is begun in the window of Kith.</source>
        <translation>%1没有删除任何内容。在 Kith 窗口中新建聊天记录之前，新消息不会保存。</translation>
    </message>
    <message>
        <source>%1 was not touched; --replace replaces it.</source>
        <translation>%1 未被改动；加上 --replace 即可替换。</translation>
    </message>
    <message>
        <source>--replace puts what is there aside, in a folder of its own; nothing is deleted.</source>
        <translation>加上 --replace 会把现有内容移到单独的文件夹；不会删除任何内容。</translation>
    </message>
    <message>
        <source>Nothing was changed. Clearing a history makes room: kith-cli clear.</source>
        <translation>未作任何改动。清除聊天记录可以腾出空间：kith-cli clear。</translation>
    </message>
    <message>
        <source>A command of kith-cli is at work on this profile.</source>
        <translation>另一个 kith-cli 命令正在使用此身份。</translation>
    </message>
    <message>
        <source>Try again when it is done, or use another --profile.</source>
        <translation>请等它完成后再试，或使用其他 --profile。</translation>
    </message>
    <message>
        <source>The Kith that had this profile open ended before it was done.</source>
        <translation>打开此身份的 Kith 在完成之前退出了。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请再试一次。</translation>
    </message>
    <message>
        <source>You (not sent)</source>
        <translation>你（未发送）</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到任何内容。</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>没有找到“%1”。</translation>
    </message>
    <message>
        <source>One message was written to %1.</source>
        <translation>已将一条消息写入 %1。</translation>
    </message>
    <message>
        <source>%1 messages were written to %2.</source>
        <translation>已将 %1 条消息写入 %2。</translation>
    </message>
    <message>
        <source>The backup %1 is whole, %2 bytes. Whoever has it can read everything in it, and pass for you.</source>
        <translation>备份 %1 已完整写好，共 %2 字节。任何拿到它的人都能读取其中的全部内容，并能冒充你。</translation>
    </message>
    <message>
        <source>The profile was restored.</source>
        <translation>身份已恢复。</translation>
    </message>
    <message>
        <source>The profile was restored. What it held before is in %1.</source>
        <translation>身份已恢复。原有的内容在 %1 中。</translation>
    </message>
    <message>
        <source>This profile is open in another Kith.</source>
        <translation>这个身份已在另一个 Kith 中打开。</translation>
    </message>
    <message>
        <source>Close it first: a backup is restored into a profile that nobody uses. Nothing was restored.</source>
        <translation>请先关闭它：备份只能恢复到未被使用的身份。未恢复任何内容。</translation>
    </message>
    <message>
        <source>%1, at %2: from %3 to %4</source>
        <translation>%1，位于 %2：%3 至 %4</translation>
    </message>
    <message>
        <source>%1, at last “%2”</source>
        <translation>%1，最后一条：“%2”</translation>
    </message>
    <message>
        <source>This would delete one conversation with %1 and everything said in it.</source>
        <translation>这将删除与 %1 的一个对话及其全部内容。</translation>
    </message>
    <message>
        <source>This would erase everything said in one conversation with %1.</source>
        <translation>这将清除与 %1 的一个对话中的全部内容。</translation>
    </message>
    <message>
        <source>This would delete %1 conversations with %2 and everything said in them.</source>
        <translation>这将删除与 %2 的 %1 个对话及其全部内容。</translation>
    </message>
    <message>
        <source>This would erase everything said in %1 conversations with %2.</source>
        <translation>这将清除与 %2 的 %1 个对话中的全部内容。</translation>
    </message>
    <message>
        <source>Nothing was erased: add --yes to do it.</source>
        <translation>尚未清除任何内容：加上 --yes 才会执行。</translation>
    </message>
    <message>
        <source>One conversation was deleted.</source>
        <translation>已删除一个对话。</translation>
    </message>
    <message>
        <source>One conversation was cleared.</source>
        <translation>已清除一个对话的内容。</translation>
    </message>
    <message>
        <source>%1 conversations were deleted.</source>
        <translation>已删除 %1 个对话。</translation>
    </message>
    <message>
        <source>%1 conversations were cleared.</source>
        <translation>已清除 %1 个对话的内容。</translation>
    </message>
    <message>
        <source>Nobody sees it any more. It leaves the files bit by bit, whenever the profile is open.</source>
        <translation>内容已不可见，并会在此身份打开时逐步从文件中抹去。</translation>
    </message>
    <message>
        <source>No conversation with “%1” is open.</source>
        <translation>没有正在与“%1”进行的对话。</translation>
    </message>
    <message>
        <source>In plain text each connection is a conversation of its own: keep is for one that goes on.</source>
        <translation>明文的每次连接都是单独的对话：keep 只用于正在进行的对话。</translation>
    </message>
    <message>
        <source>From here on what is said in this conversation is kept.</source>
        <translation>从现在起保存这个对话的内容。</translation>
    </message>
    <message>
        <source>From here on nothing said in this conversation is kept.</source>
        <translation>从现在起不保存这个对话的内容。</translation>
    </message>
    <message>
        <source>From here on what is said in these %1 conversations is kept.</source>
        <translation>从现在起保存这 %1 个对话的内容。</translation>
    </message>
    <message>
        <source>From here on nothing said in these %1 conversations is kept.</source>
        <translation>从现在起不保存这 %1 个对话的内容。</translation>
    </message>
    <message>
        <source>Somebody (%1) at %2</source>
        <translation>%2 处的某人（%1）</translation>
    </message>
    <message>
        <source>“%1” (%2) at %3</source>
        <translation>%3 处的“%1”（%2）</translation>
    </message>
    <message>
        <source>%1 connects as if for the first time, with the same key as before.</source>
        <translation>%1 像第一次那样连接，密钥与以前相同。</translation>
    </message>
    <message>
        <source>%1 wants to chat. The name is what they call themselves.</source>
        <translation>%1 想和你聊天。名字是对方自己起的。</translation>
    </message>
    <message>
        <source>Somebody you know has a name like that, and another key.</source>
        <translation>你认识的人里有一个名字与此相像，密钥却不同。</translation>
    </message>
    <message>
        <source>/accept %1, /decline %1 or /block %1</source>
        <translation>/accept %1、/decline %1 或 /block %1</translation>
    </message>
    <message>
        <source>/accept, /decline or /block</source>
        <translation>/accept、/decline 或 /block</translation>
    </message>
    <message>
        <source>Waiting for the other person to let you in.</source>
        <translation>正在等待对方让你进来。</translation>
    </message>
    <message>
        <source>The key of %1 was not known before and is not verified: %2
kith-cli safety shows the number that the two of you can compare.</source>
        <translation>%1 的密钥以前不认识，也没有验证过：%2
kith-cli safety 会显示你们两人可以核对的安全号码。</translation>
    </message>
    <message>
        <source>Your safety number with %1, with the key you know:
%2
With the key that was shown instead:
%3</source>
        <translation>你与 %1 的安全号码，按你认识的密钥：
%2
按对方这次出示的密钥：
%3</translation>
    </message>
    <message>
        <source>%1 is blocked. kith-cli unblock %2 takes it back.</source>
        <translation>已屏蔽 %1。kith-cli unblock %2 可以撤销。</translation>
    </message>
    <message>
        <source>%1 speaks plain text and has no key that could be blocked; /decline turns it away.</source>
        <translation>%1 使用明文，没有可以屏蔽的密钥；/decline 可以把它拒之门外。</translation>
    </message>
    <message>
        <source>kith-cli invite makes a link that lets one person in without a question and proves that it is really you.</source>
        <translation>kith-cli invite 会生成一个链接，让一个人无需询问即可进来，并证明真的是你。</translation>
    </message>
    <message>
        <source>/to NAME         send what you type to NAME
/who             who is here and who asks
/accept [NAME]   let in who asks, or who asked, the next time
/decline [NAME]  do not let them in
/block [NAME]    let them in no more, ever
/quit            end every conversation and leave
/help            this list
//...            send a line that begins with /</source>
        <translation>/to 名字         把输入的内容发给该名字
/who             谁在这里，谁在请求
/accept [名字]   让请求者进来；请求已过的，下次进来
/decline [名字]  不让对方进来
/block [名字]    再也不让对方进来
/quit            结束所有对话并离开
/help            这份列表
//...            发送以 / 开头的一行</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>未验证</translation>
    </message>
    <message>
        <source>verified by an invite</source>
        <translation>已由邀请验证</translation>
    </message>
    <message>
        <source>verified by comparing</source>
        <translation>已比对验证</translation>
    </message>
    <message>
        <source>stopped, as another key was shown</source>
        <translation>已停止：对方出示了另一把密钥</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>已屏蔽</translation>
    </message>
    <message>
        <source>somebody else&apos;s name looks the same</source>
        <translation>另有一人的名字看起来相同</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between what is listed</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Nobody you know: %1 (blocked)</source>
        <translation>不认识的人：%1（已屏蔽）</translation>
    </message>
    <message>
        <source>You have no contacts yet. Whoever you let in, or connect to, becomes one.</source>
        <translation>你还没有联系人。你让进来的人、你连接到的人，都会成为联系人。</translation>
    </message>
    <message>
        <source>You know nobody by “%1”.</source>
        <translation>没有叫“%1”的联系人。</translation>
    </message>
    <message>
        <source>kith-cli contacts lists names and Kith IDs.</source>
        <translation>kith-cli contacts 会列出名字和 Kith ID。</translation>
    </message>
    <message>
        <source>People you connect with see this Kith ID and the name %1.</source>
        <translation>与你连接的人会看到这个 Kith ID 和名字 %1。</translation>
    </message>
    <message>
        <source>%1 is stopped: another key was shown, or the numbers differed. This is your safety number with the key you know. Read it to each other, by phone or face to face. If all twelve groups agree, kith-cli verify goes on with that key.</source>
        <translation>与 %1 的往来已停止：出现过另一把密钥，或者号码不一致。这是用你已知的密钥算出的安全号码。请通过电话或当面互相念出来。如果十二组全部一致，kith-cli verify 就会继续使用那把密钥。</translation>
    </message>
    <message>
        <source>Your safety number with %1, which you have compared already.</source>
        <translation>你与 %1 的安全号码，你已经比对过。</translation>
    </message>
    <message>
        <source>Your safety number with %1. Read it to each other, by phone or face to face. If all twelve groups agree, nobody is in between: kith-cli verify notes it.</source>
        <translation>你与 %1 的安全号码。请通过电话或当面互相念出来。如果十二组全部一致，中间就没有别人：请用 kith-cli verify 记下来。</translation>
    </message>
    <message>
        <source>%1 is verified: you have compared the safety number.</source>
        <translation>%1 已验证：你已比对过安全号码。</translation>
    </message>
    <message>
        <source>%1 is stopped: somebody may be in between. Nothing is sent or received until kith-cli verify says otherwise.</source>
        <translation>与 %1 的往来已停止：中间可能有别人。在用 kith-cli verify 另作决定之前，不再收发任何内容。</translation>
    </message>
    <message>
        <source>%1 goes on with the key you know, not verified.</source>
        <translation>继续与 %1 往来，使用你已知的密钥，未验证。</translation>
    </message>
    <message>
        <source>%1 is not stopped.</source>
        <translation>与 %1 的往来并没有停止。</translation>
    </message>
    <message>
        <source>You have blocked %1.</source>
        <translation>你屏蔽了 %1。</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 不再被屏蔽。</translation>
    </message>
    <message>
        <source>%1 is not blocked.</source>
        <translation>%1 没有被屏蔽。</translation>
    </message>
    <message>
        <source>%1 has no other name here any more.</source>
        <translation>%1 在这里不再另有名字。</translation>
    </message>
    <message>
        <source>%1 is called %2 here.</source>
        <translation>%1 在这里叫 %2。</translation>
    </message>
    <message>
        <source>This would forget %1: the key, the addresses and everything that was said.</source>
        <translation>这将忘记 %1：包括密钥、地址和说过的一切。</translation>
    </message>
    <message>
        <source>Nothing was erased: add --yes to do it. A block stays in any case.</source>
        <translation>什么也没有删除：加上 --yes 才会执行。屏蔽在任何情况下都会保留。</translation>
    </message>
    <message>
        <source>%1 was forgotten, with everything that was said.</source>
        <translation>已忘记 %1，连同说过的一切。</translation>
    </message>
    <message>
        <source>It lets one person in, until %1. Make another for the next.</source>
        <translation>它让一个人进来，有效期到 %1。给下一个人请再做一个。</translation>
    </message>
    <message>
        <source>You are not hosting: it works while you do, on port %1.</source>
        <translation>你现在没有在等候连接：要在端口 %1 上等候时它才有效。</translation>
    </message>
    <message>
        <source>That day is over: nobody could use the invite.</source>
        <translation>那一天已经过去：没有人能用这个邀请。</translation>
    </message>
    <message>
        <source>%1: used by %2</source>
        <translation>%1：已由 %2 使用</translation>
    </message>
    <message>
        <source>%1: good until %2</source>
        <translation>%1：有效期到 %2</translation>
    </message>
    <message>
        <source>%1: over since %2</source>
        <translation>%1：已于 %2 过期</translation>
    </message>
    <message>
        <source>There are no invites. kith-cli invite makes one.</source>
        <translation>没有邀请。kith-cli invite 可以做一个。</translation>
    </message>
    <message>
        <source>Nobody comes in by %1 any more. Whoever has used it already stays your contact.</source>
        <translation>再也没有人能用 %1 进来。已经用过它的人仍是你的联系人。</translation>
    </message>
    <message>
        <source>No invite begins with “%1”, or several do.</source>
        <translation>没有以“%1”开头的邀请，或者有好几个。</translation>
    </message>
    <message>
        <source>kith-cli invites lists them.</source>
        <translation>kith-cli invites 会列出它们。</translation>
    </message>
    <message>
        <source>A passphrase for your key, at least 8 characters:</source>
        <translation>请为你的密钥设一个口令，至少 8 个字符：</translation>
    </message>
    <message>
        <source>The same again:</source>
        <translation>请再输入一次：</translation>
    </message>
    <message>
        <source>The passphrase of this key:</source>
        <translation>这把密钥的口令：</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>什么也没有导出。</translation>
    </message>
    <message>
        <source>Your key is in %1, under the passphrase. Whoever has both can pass for you.</source>
        <translation>你的密钥在 %1 中，由口令保护。两样都有的人可以冒充你。</translation>
    </message>
    <message>
        <source>This profile is %1 now. Another key that it had is put aside in its folder, not deleted.</source>
        <translation>这个身份现在是 %1。它原有的另一把密钥放在它的文件夹里，没有删除。</translation>
    </message>
    <message>
        <source>People are connected by the key there is.</source>
        <translation>有人正通过现有的密钥连接着。</translation>
    </message>
    <message>
        <source>End the conversations first. Nothing was changed.</source>
        <translation>请先结束会话。什么也没有改变。</translation>
    </message>
    <message>
        <source>kith-cli safety shows the number to compare, kith-cli verify goes on with the key you know, and kith-cli connect ADDRESS --new takes whoever answers there for somebody new.</source>
        <translation>kith-cli safety 显示要比对的号码，kith-cli verify 继续使用你已知的密钥，kith-cli connect ADDRESS --new 把在那里应答的人当作新认识的人。</translation>
    </message>
    <message>
        <source>kith-cli unblock takes it back.</source>
        <translation>用 kith-cli unblock 可以取消。</translation>
    </message>
    <message>
        <source>At most 64 at a time: kith-cli invites lists them and revokes those that nobody needs any more.</source>
        <translation>最多同时 64 个：kith-cli invites 会列出它们，并撤销不再需要的。</translation>
    </message>
    <message>
        <source>It takes a file that kith-cli key export, or “Export key” in the window, wrote. Nothing was changed.</source>
        <translation>这里要的是 kith-cli key export 或窗口中“导出密钥”写出的文件。什么也没有改变。</translation>
    </message>
    <message>
        <source>--plain chooses it.</source>
        <translation>用 --plain 选择明文。</translation>
    </message>
    <message>
        <source>Nothing that was said with %1 is kept.</source>
        <translation>没有保存与 %1 的任何对话。</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1：从 %2 到 %3</translation>
    </message>
</context>
<context>
    <name>kith::gui::AboutDialog</name>
    <message>
        <source>About Kith</source>
        <translation>关于 Kith</translation>
    </message>
    <message>
        <source>Kith</source>
        <translation>Kith</translation>
    </message>
    <message>
        <source>Talk directly, computer to computer. No account, no server. Every conversation runs in a process of its own.</source>
        <translation>电脑对电脑，直接交谈。无需账号，无需服务器。每个对话都在独立的进程中运行。</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Versions and counts for a report; no names, addresses, keys or texts</source>
        <translation>供报告问题用的版本和数目；没有名字、地址、密钥和文字</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>自由软件，采用 Apache License 2.0 许可。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
</context>
<context>
    <name>kith::gui::Archive</name>
    <message>
        <source>Nothing of this conversation is kept, so there is nothing to export.</source>
        <translation>这个对话没有保存任何内容，因此没有可导出的。</translation>
    </message>
    <message>
        <source>Text, for people (*.txt)</source>
        <translation>文本，便于阅读 (*.txt)</translation>
    </message>
    <message>
        <source>JSON, for programs (*.json)</source>
        <translation>JSON，供程序使用 (*.json)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Exported one message.</source>
        <translation>已导出一条消息。</translation>
    </message>
    <message>
        <source>Exported %1 messages.</source>
        <translation>已导出 %1 条消息。</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Backup of Kith&apos;s (*.%1)</source>
        <translation>Kith 备份 (*.%1)</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Everything is backed up (%1).</source>
        <translation>全部内容已备份（%1）。</translation>
    </message>
    <message>
        <source>%1 — keep it where nobody else can read it.</source>
        <translation>%1——请存放在别人读不到的地方。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading the backup…</source>
        <translation>正在读取备份…</translation>
    </message>
    <message>
        <source>Open conversations end, and Kith begins anew with the backup.</source>
        <translation>正在进行的对话会结束，Kith 会以备份的内容重新开始。</translation>
    </message>
    <message>
        <source>What was there before is kept in %1</source>
        <translation>原有的内容保留在 %1 中</translation>
    </message>
    <message>
        <source>There is no room for %1.</source>
        <translation>没有空间存放 %1。</translation>
    </message>
</context>
<context>
    <name>kith::gui::BarStack</name>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 个</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>%1 more asked to chat</source>
        <translation>另有 %1 人请求聊天</translation>
    </message>
</context>
<context>
    <name>kith::gui::BlockedDialog</name>
    <message>
        <source>Blocked</source>
        <translation>已屏蔽</translation>
    </message>
    <message>
        <source>Who is blocked</source>
        <translation>你屏蔽了谁</translation>
    </message>
    <message>
        <source>They come in no more, and are not told why. Unblocked, they may ask again.</source>
        <translation>他们不能再进来，也不会知道原因。取消屏蔽后，他们可以再次请求。</translation>
    </message>
    <message>
        <source>Nobody is blocked.</source>
        <translation>没有屏蔽任何人。</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>取消屏蔽</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>kith::gui::BlockedRows</name>
    <message>
        <source>Everybody at %1</source>
        <translation>来自 %1 的所有人</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Somebody you did not know (%1)</source>
        <translation>你不认识的人（%1）</translation>
    </message>
</context>
<context>
    <name>kith::gui::CompareDialog</name>
    <message>
        <source>Compare</source>
        <translation>比对</translation>
    </message>
    <message>
        <source>The key you know</source>
        <translation>你认识的密钥</translation>
    </message>
    <message>
        <source>The key that is there now</source>
        <translation>现在那里的密钥</translation>
    </message>
    <message>
        <source>Ask which Kith ID they see under their own name: that is the one that is really theirs.</source>
        <translation>请对方告诉你他们自己名字下面显示的 Kith ID：那才是真正属于他们的。</translation>
    </message>
    <message>
        <source>Connect as somebody new</source>
        <translation>作为新的人连接</translation>
    </message>
    <message>
        <source>Try the known key again</source>
        <translation>再试认识的密钥</translation>
    </message>
    <message>
        <source>Keep stopped</source>
        <translation>保持停止</translation>
    </message>
    <message>
        <source>The key of %1 has changed</source>
        <translation>%1 的密钥变了</translation>
    </message>
    <message>
        <source>%1 may have installed Kith anew, or someone is in between. Nothing was sent. Ask %1 another way, by phone or face to face.</source>
        <translation>%1 可能重新安装了 Kith，也可能有人在中间。什么也没有发送。请用别的方式问问 %1，打电话或当面。</translation>
    </message>
    <message>
        <source>Your numbers with %1 differ</source>
        <translation>你与 %1 的号码不一致</translation>
    </message>
    <message>
        <source>Someone may be in between, who could read and change what was said. Nothing more is sent or received. Compare again another way, by phone or face to face: was it a slip, try the known key again.</source>
        <translation>中间可能有人，能看到并改动说过的话。不会再收发任何内容。请用别的方式再核对一次，通过电话或当面；如果只是念错了，就再试一次已知的密钥。</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>与 %1 的往来已停止</translation>
    </message>
    <message>
        <source>Another key was shown for %1, or your numbers differed: someone may be in between. Nothing is sent or received. Ask %1 another way, by phone or face to face.</source>
        <translation>%1 出现过另一把密钥，或者你们的号码不一致：中间可能有人。不会收发任何内容。请用别的方式问问 %1，通过电话或当面。</translation>
    </message>
</context>
<context>
    <name>kith::gui::ConnectForm</name>
    <message>
        <source>Go to someone who is hosting</source>
        <translation>去连接正在等待的人</translation>
    </message>
    <message>
        <source>192.168.1.7</source>
        <translation>192.168.1.7</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>明文</translation>
    </message>
    <message>
        <source>For netcat, telnet and classic chat programs. Anyone on the way can read it. Choose it first: a program that takes only one connection ends when Kith tries encryption.</source>
        <translation>用于 netcat、telnet 和传统聊天程序。途中的任何人都能读到。请先选择它：只接受一个连接的程序，会在 Kith 尝试加密时结束。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Not an address yet.</source>
        <translation>还不是完整的地址。</translation>
    </message>
    <message>
        <source>%1, port %2, plain text</source>
        <translation>%1，端口 %2，明文</translation>
    </message>
    <message>
        <source>Address or invite</source>
        <translation>地址或邀请</translation>
    </message>
    <message>
        <source>Use the invite that you have copied</source>
        <translation>使用你复制的邀请</translation>
    </message>
    <message>
        <source>What the other Kith shows under Host, or an invite.</source>
        <translation>对方的 Kith 在“等待连接”下显示的地址，或者一份邀请。</translation>
    </message>
    <message>
        <source>Not a whole invite yet.</source>
        <translation>还不是一份完整的邀请。</translation>
    </message>
    <message>
        <source>An invite to %1, encrypted. It proves who is there.</source>
        <translation>连到 %1 的邀请，加密。它能证明那里是谁。</translation>
    </message>
    <message>
        <source>An invite of “%1” at %2, encrypted. It proves who is there.</source>
        <translation>“%1” 的邀请，地址 %2，加密。它能证明那里是谁。</translation>
    </message>
    <message>
        <source>%1, port %2, encrypted</source>
        <translation>%1，端口 %2，加密</translation>
    </message>
</context>
<context>
    <name>kith::gui::ConnectionRows</name>
    <message>
        <source>Peer</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>加密套件</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>kith::gui::ConnectionsDialog</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>No connections. Every person you talk to gets a process of their own, listed here.</source>
        <translation>没有连接。与你聊天的每个人都有一个自己的进程，列在这里。</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>kith::gui::ConversationPage</name>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（回车）</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>到最新消息</translation>
    </message>
    <message>
        <source>History is off: what is said here is gone when Kith is closed.</source>
        <translation>未保存聊天记录：关闭 Kith 后，这里的内容就会消失。</translation>
    </message>
    <message>
        <source>Keep history</source>
        <translation>保存聊天记录</translation>
    </message>
    <message>
        <source>This conversation ended on %1.</source>
        <translation>这个对话已于 %1 结束。</translation>
    </message>
    <message>
        <source>You are connected to %1. Messages are kept on this computer; what the other program keeps is its own affair.</source>
        <translation>你已连接到 %1。消息保存在这台电脑上；对方的程序保存什么，由它自己决定。</translation>
    </message>
    <message>
        <source>You are connected to %1. Nothing of what is said is kept.</source>
        <translation>你已连接到 %1。对话内容不会保存。</translation>
    </message>
    <message>
        <source>There are no messages here.</source>
        <translation>这里没有消息。</translation>
    </message>
    <message>
        <source>You are not connected to %1.</source>
        <translation>你没有连接到 %1。</translation>
    </message>
    <message>
        <source>You are connected to %1. Messages are kept on your two computers and nowhere else.</source>
        <translation>你已连接到 %1。消息只保存在你们两台电脑上，别处没有。</translation>
    </message>
</context>
<context>
    <name>kith::gui::ConversationRows</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, %2 unread</source>
        <translation>%1，%2 条未读</translation>
    </message>
    <message>
        <source>Ended plain text (%1)</source>
        <translation>已结束的明文对话（%1）</translation>
    </message>
    <message>
        <source>Ended plain text, %1, shown below</source>
        <translation>已结束的明文对话，%1 个，显示在下方</translation>
    </message>
    <message>
        <source>Ended plain text, %1, folded away</source>
        <translation>已结束的明文对话，%1 个，已折叠</translation>
    </message>
    <message>
        <source>Ended conversations leave this list after a day; search finds them.</source>
        <translation>已结束的对话一天后会离开此列表；仍可通过搜索找到。</translation>
    </message>
</context>
<context>
    <name>kith::gui::EmptyPage</name>
    <message>
        <source>Choose a conversation, or press Host or Connect.</source>
        <translation>请选择一个对话，或按“等待连接”或“连接”。</translation>
    </message>
</context>
<context>
    <name>kith::gui::HistoryNotices</name>
    <message>
        <source>This profile was restored from a backup.</source>
        <translation>此身份已从备份恢复。</translation>
    </message>
    <message>
        <source>Without room the history cannot be opened, and new messages are not kept.</source>
        <translation>没有空间就无法打开聊天记录，新消息也不会保存。</translation>
    </message>
    <message>
        <source>A part of the history written last could not be read.</source>
        <translation>最后写入的一部分聊天记录无法读取。</translation>
    </message>
    <message>
        <source>What stands before it is whole. The damaged log was kept: %1</source>
        <translation>在它之前的内容是完整的。已保留损坏的日志：%1</translation>
    </message>
    <message>
        <source>A part of the history cannot be read.</source>
        <translation>有一部分聊天记录无法读取。</translation>
    </message>
    <message>
        <source>What can be read is shown. Kith looks at all of it at the next start.</source>
        <translation>能读取的内容会显示出来。Kith 会在下次启动时检查全部聊天记录。</translation>
    </message>
    <message>
        <source>What comes in is shown and not kept. Clearing a history makes room.</source>
        <translation>收到的消息会显示，但不会保存。清除聊天记录可以腾出空间。</translation>
    </message>
    <message>
        <source>Begin a new history?</source>
        <translation>新建聊天记录？</translation>
    </message>
    <message>
        <source>The damaged one is renamed and kept in the profile&apos;s folder. Nothing of it is shown any more.</source>
        <translation>损坏的聊天记录会被改名，并保留在此身份的文件夹中。其中的内容不再显示。</translation>
    </message>
</context>
<context>
    <name>kith::gui::HostPanel</name>
    <message>
        <source>You are hosting.</source>
        <translation>你正在等待连接。</translation>
    </message>
    <message>
        <source>On the same network, the other person presses Connect and types</source>
        <translation>在同一网络中，对方按“连接”并输入</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Allow plain text from the network</source>
        <translation>允许来自网络的明文</translation>
    </message>
    <message>
        <source>Show the command</source>
        <translation>显示命令</translation>
    </message>
    <message>
        <source>Run it in a terminal. It asks for an administrator.</source>
        <translation>请在终端中运行，需要管理员权限。</translation>
    </message>
    <message>
        <source>Other addresses of this computer</source>
        <translation>这台电脑的其他地址</translation>
    </message>
    <message>
        <source>Allow plain text from this computer</source>
        <translation>允许来自本机的明文</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Use this port</source>
        <translation>使用此端口</translation>
    </message>
    <message>
        <source>Connecting from elsewhere</source>
        <translation>从其他地方连接</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>More ways to stop</source>
        <translation>其他停止方式</translation>
    </message>
    <message>
        <source>Stop hosting and disconnect all</source>
        <translation>停止等待并断开所有连接</translation>
    </message>
    <message>
        <source>You are not hosting.</source>
        <translation>你没有在等待连接。</translation>
    </message>
    <message>
        <source>Opening port %1…</source>
        <translation>正在打开端口 %1…</translation>
    </message>
    <message>
        <source>Nobody can come in at the moment.</source>
        <translation>目前没有人能进来。</translation>
    </message>
    <message>
        <source>hosting</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>This computer is in no network. Programs on it connect to</source>
        <translation>这台电脑没有联网。本机上的程序连接到</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>These addresses work only inside your network. From the internet, your router must pass TCP port %1 on to %2 (“port forwarding”), or both of you use one VPN.</source>
        <translation>这些地址只在你的网络内有效。若要从互联网连接，你的路由器必须把 TCP 端口 %1 转发到 %2（“端口转发”），或者你们使用同一个 VPN。</translation>
    </message>
    <message>
        <source>Nobody has come in yet. If they get no answer, a firewall on this computer may be blocking port %1.</source>
        <translation>还没有人进来。如果对方得不到应答，可能是这台电脑的防火墙拦住了端口 %1。</translation>
    </message>
    <message>
        <source>Or send an invite</source>
        <translation>或者发送一份邀请</translation>
    </message>
    <message>
        <source>Copy invite</source>
        <translation>复制邀请</translation>
    </message>
    <message>
        <source>Show as QR code</source>
        <translation>显示为二维码</translation>
    </message>
    <message>
        <source>Works once, for 7 days. Copy again for each person. It also proves that it is really you.</source>
        <translation>只能用一次，7 天内有效。给每个人都重新复制一份。它也能证明真的是你。</translation>
    </message>
    <message>
        <source>Invites you have given out…</source>
        <translation>你发出的邀请…</translation>
    </message>
    <message>
        <source>More addresses and settings</source>
        <translation>更多地址和设置</translation>
    </message>
    <message>
        <source>Who may come in</source>
        <translation>谁可以进来</translation>
    </message>
    <message>
        <source>Anyone: you are asked about each stranger</source>
        <translation>任何人：每个陌生人都会先问你</translation>
    </message>
    <message>
        <source>Only my contacts and people with an invite</source>
        <translation>只有我的联系人和持有邀请的人</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>明文</translation>
    </message>
    <message>
        <source>For netcat, telnet and classic chat programs. Anyone on the way can read it. You are asked about each one.</source>
        <translation>用于 netcat、telnet 和经典聊天程序。途中任何人都能读到。每一个都会先问你。</translation>
    </message>
    <message>
        <source>The invite as a QR code</source>
        <translation>邀请的二维码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Only your contacts and people with an invite come in.</source>
        <translation>只有你的联系人和持有邀请的人能进来。</translation>
    </message>
    <message>
        <source>You are asked before a stranger comes in.</source>
        <translation>陌生人进来之前会先问你。</translation>
    </message>
    <message>
        <source>Anyone, without asking</source>
        <translation>任何人，不用问我</translation>
    </message>
    <message>
        <source>Anyone comes in without a question.</source>
        <translation>任何人不经询问就能进来。</translation>
    </message>
    <message>
        <source>Careful: whoever reaches this computer can write to you at once, also in plain text where that is allowed.</source>
        <translation>小心：能连到这台电脑的人都可以马上给你写消息；在允许明文的地方，也包括明文。</translation>
    </message>
</context>
<context>
    <name>kith::gui::InviteRows</name>
    <message>
        <source>Made %1 · %2</source>
        <translation>%1 制作 · %2</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>已被 %1 使用</translation>
    </message>
    <message>
        <source>waits, until %1</source>
        <translation>等待使用，%1 前有效</translation>
    </message>
    <message>
        <source>expired %1</source>
        <translation>已于 %1 过期</translation>
    </message>
</context>
<context>
    <name>kith::gui::InvitesDialog</name>
    <message>
        <source>Invites</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>Invites you have given out</source>
        <translation>你发出的邀请</translation>
    </message>
    <message>
        <source>Each works once. Revoke one that got into the wrong hands, or that nobody needs any more.</source>
        <translation>每份只能用一次。落到别人手里的，或没有人再需要的，请撤销。</translation>
    </message>
    <message>
        <source>No invites. Host, and copy one for each person you want to let in.</source>
        <translation>没有邀请。请等待连接，并给每个你想让进来的人复制一份。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>kith::gui::MainWindow</name>
    <message>
        <source>Kith</source>
        <translation>Kith</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>%1 — Kith</source>
        <translation>%1 — Kith</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Open a practice window</source>
        <translation>打开练习窗口</translation>
    </message>
    <message>
        <source>About Kith</source>
        <translation>关于 Kith</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在恢复…</translation>
    </message>
    <message>
        <source>Conversations end, and Kith begins anew with the backup.</source>
        <translation>对话会结束，Kith 会以备份的内容重新开始。</translation>
    </message>
    <message>
        <source>Clear the history of “%1”?</source>
        <translation>清除“%1”的聊天记录？</translation>
    </message>
    <message>
        <source>All its messages are erased from this computer, and cannot be brought back. Exports and backups that you have made, and what the other side keeps, stay as they are.</source>
        <translation>它的全部消息会从这台电脑上清除，无法找回。你已导出或备份的内容，以及对方保存的内容，都不受影响。</translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>清除聊天记录</translation>
    </message>
    <message>
        <source>All its messages, its draft and its row in the list are erased from this computer, and cannot be brought back. Exports and backups that you have made, and what the other side keeps, stay as they are.</source>
        <translation>它的全部消息、草稿和在列表中的条目会从这台电脑上清除，无法找回。你已导出或备份的内容，以及对方保存的内容，都不受影响。</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>删除“%1”？</translation>
    </message>
    <message>
        <source>The conversation ends.</source>
        <translation>对话会结束。</translation>
    </message>
    <message>
        <source>Delete conversation</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>Find in this conversation…</source>
        <translation>在此对话中搜索…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Keep history</source>
        <translation>保存聊天记录</translation>
    </message>
    <message>
        <source>Clear history…</source>
        <translation>清除聊天记录…</translation>
    </message>
    <message>
        <source>Delete conversation…</source>
        <translation>删除对话…</translation>
    </message>
    <message>
        <source>Find in all conversations…</source>
        <translation>在所有对话中搜索…</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>导出全部…</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>You…</source>
        <translation>你…</translation>
    </message>
    <message>
        <source>Invites…</source>
        <translation>邀请…</translation>
    </message>
    <message>
        <source>Verify…</source>
        <translation>验证…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比对…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>屏蔽…</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>取消屏蔽</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>屏蔽 %1？</translation>
    </message>
    <message>
        <source>The conversation ends, and they come in no more and are not told why. What was said stays.</source>
        <translation>对话会结束，对方不能再进来，也不会被告知原因。说过的话还在。</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接…</translation>
    </message>
</context>
<context>
    <name>kith::gui::MessageView</name>
    <message>
        <source>[%1] %2: %3</source>
        <translation>[%1] %2：%3</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with names and times</source>
        <translation>连同姓名和时间一起复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>%1, %2, %3: %4</source>
        <translation>%1，%2，%3：%4</translation>
    </message>
    <message>
        <source>Open %1…</source>
        <translation>打开 %1…</translation>
    </message>
</context>
<context>
    <name>kith::gui::PageHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>End this conversation; its process is told to stop</source>
        <translation>结束此对话，并通知其进程停止</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Find in this conversation (Ctrl+F)</source>
        <translation>在此对话中搜索（Ctrl+F）</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Make sure that nobody is in between</source>
        <translation>确认中间没有别人</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比对…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>kith::gui::PassphraseDialog</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A passphrase for your key</source>
        <translation>给你的密钥设一个口令</translation>
    </message>
    <message>
        <source>The passphrase of this key</source>
        <translation>这个密钥的口令</translation>
    </message>
    <message>
        <source>The file is worth nothing without it, and nobody can find it out for you.</source>
        <translation>没有它，文件毫无用处，也没有人能替你找回它。</translation>
    </message>
    <message>
        <source>It was chosen when the key was exported.</source>
        <translation>它是导出密钥时设定的。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一样。</translation>
    </message>
</context>
<context>
    <name>kith::gui::QuestionDialog</name>
    <message>
        <source>Kith</source>
        <translation>Kith</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>kith::gui::RenameDialog</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What do you call %1?</source>
        <translation>你怎么称呼 %1？</translation>
    </message>
    <message>
        <source>Only you see this name.</source>
        <translation>只有你看得到这个名字。</translation>
    </message>
    <message>
        <source>Only you see this name. They call themselves “%1”; leave it empty to use that.</source>
        <translation>只有你看得到这个名字。对方自称“%1”；留空则使用它。</translation>
    </message>
</context>
<context>
    <name>kith::gui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>A plain-text program at %1 wants to chat.</source>
        <translation>来自 %1 的明文程序想要聊天。</translation>
    </message>
    <message>
        <source>%1 asked to chat at %2</source>
        <translation>%1 曾在 %2 请求聊天</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Waiting for your answer · %1:%2</source>
        <translation>等待你的答复 · %1:%2</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>“%1” (%2) asked to chat at %3</source>
        <translation>“%1”（%2）在 %3 想聊天</translation>
    </message>
    <message>
        <source>Somebody (%1) asked to chat at %2</source>
        <translation>有人（%1）在 %2 想聊天</translation>
    </message>
    <message>
        <source>“%1” (%2) at %3 wants to chat.</source>
        <translation>%3 的“%1”（%2）想聊天。</translation>
    </message>
    <message>
        <source>Somebody (%1) at %2 wants to chat.</source>
        <translation>%2 有人（%1）想聊天。</translation>
    </message>
    <message>
        <source>Careful: the name looks like that of somebody you know, and this is another key.</source>
        <translation>小心：这个名字看起来像你认识的人，但密钥不同。</translation>
    </message>
    <message>
        <source>The name is what they call themselves.</source>
        <translation>这个名字是对方自称的。</translation>
    </message>
    <message>
        <source>Block this address</source>
        <translation>屏蔽这个地址</translation>
    </message>
    <message>
        <source>%1 asks as if for the first time, with the same key as before.</source>
        <translation>%1 像第一次那样请求进入，密钥与以前相同。</translation>
    </message>
</context>
<context>
    <name>kith::gui::SearchHits</name>
    <message>
        <source>You: </source>
        <translation>你：</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, You: %2</source>
        <translation>%1，你：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>kith::gui::SearchPage</name>
    <message>
        <source>Words to look for</source>
        <translation>要搜索的词</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Between two days…</source>
        <translation>自选日期…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>In all conversations</source>
        <translation>在所有对话中</translation>
    </message>
    <message>
        <source>In “%1”</source>
        <translation>在“%1”中</translation>
    </message>
    <message>
        <source>The newest %1 hits; further ones come as you scroll</source>
        <translation>最新的 %1 条结果；滚动可查看更多</translation>
    </message>
    <message>
        <source>Hits: %1, the newest first</source>
        <translation>找到 %1 条，最新的在前</translation>
    </message>
    <message>
        <source>Type words, or only how they begin. A date alone finds everything that was said then.</source>
        <translation>请输入要搜索的词，或只输入词的开头。只选日期，会找到那段时间的全部消息。</translation>
    </message>
    <message>
        <source>Nothing was said in these days.</source>
        <translation>这些天没有任何消息。</translation>
    </message>
    <message>
        <source>Nothing found for “%1” in this conversation.</source>
        <translation>在此对话中没有找到“%1”。</translation>
    </message>
    <message>
        <source>Nothing found for “%1” in any conversation.</source>
        <translation>在所有对话中都没有找到“%1”。</translation>
    </message>
</context>
<context>
    <name>kith::gui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>People you connect with see this.</source>
        <translation>与你连接的人会看到它。</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>明文</translation>
    </message>
    <message>
        <source>Allow plain text from this computer</source>
        <translation>允许来自本机的明文</translation>
    </message>
    <message>
        <source>Allow plain text from the network</source>
        <translation>允许来自网络的明文</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Host again at start, if Kith was hosting when it was closed</source>
        <translation>启动时恢复等待连接（如果关闭时正在等待）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Tell contacts where I host, so that they find me again</source>
        <translation>告诉联系人我在哪里等待，好让他们再找到我</translation>
    </message>
    <message>
        <source>Anyone on the way can read plain text.</source>
        <translation>途中的任何人都能看到明文。</translation>
    </message>
    <message>
        <source>Who may come in</source>
        <translation>谁可以进来</translation>
    </message>
    <message>
        <source>Anyone: you are asked about each stranger</source>
        <translation>任何人：每个陌生人都会先问你</translation>
    </message>
    <message>
        <source>Only my contacts and people with an invite</source>
        <translation>只有我的联系人和持有邀请的人</translation>
    </message>
    <message>
        <source>Anyone, without asking</source>
        <translation>任何人，不用问我</translation>
    </message>
    <message>
        <source>Blocked…</source>
        <translation>已屏蔽…</translation>
    </message>
    <message>
        <source>Careful: whoever reaches this computer can write to you at once, also in plain text where that is allowed.</source>
        <translation>小心：能连到这台电脑的人都可以马上给你写消息；在允许明文的地方，也包括明文。</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Connect also where this computer has no sandbox</source>
        <translation>在这台电脑没有沙箱时也允许连接</translation>
    </message>
    <message>
        <source>Off, Kith refuses to. The sandbox keeps a flaw in what reads the network away from your files.</source>
        <translation>关闭时，Kith 会拒绝这样连接。沙箱使读取网络的程序即使有缺陷也碰不到你的文件。</translation>
    </message>
</context>
<context>
    <name>kith::gui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The conversation above</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>The conversation below</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>Break the line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>在此对话中搜索</translation>
    </message>
    <message>
        <source>Find in all conversations</source>
        <translation>在所有对话中搜索</translation>
    </message>
</context>
<context>
    <name>kith::gui::SideBar</name>
    <message>
        <source>Your name and settings</source>
        <translation>你的名字和设置</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Wait for someone to connect (Ctrl+H)</source>
        <translation>等待别人连接（Ctrl+H）</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Go to someone who is hosting (Ctrl+N)</source>
        <translation>去连接正在等待的人（Ctrl+N）</translation>
    </message>
    <message>
        <source>Conversations stand here.</source>
        <translation>对话会显示在这里。</translation>
    </message>
    <message>
        <source>Hosting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Find in all conversations (Ctrl+Shift+F)</source>
        <translation>在所有对话中搜索（Ctrl+Shift+F）</translation>
    </message>
</context>
<context>
    <name>kith::gui::StartPage</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Talk directly, computer to computer.</source>
        <translation>电脑对电脑，直接交谈。</translation>
    </message>
    <message>
        <source>No account, no server.</source>
        <translation>无需账号，无需服务器。</translation>
    </message>
    <message>
        <source>Press to change your name</source>
        <translation>点按以修改名字</translation>
    </message>
    <message>
        <source>People you connect with see this.</source>
        <translation>与你连接的人会看到它。</translation>
    </message>
    <message>
        <source>Trying it alone?</source>
        <translation>一个人试用？</translation>
    </message>
    <message>
        <source>Open a practice window</source>
        <translation>打开练习窗口</translation>
    </message>
    <message>
        <source>A second window, as another person</source>
        <translation>第二个窗口，扮演另一个人</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Wait for someone to connect</source>
        <translation>等待别人连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Go to someone who is hosting</source>
        <translation>去连接正在等待的人</translation>
    </message>
</context>
<context>
    <name>kith::gui::VerifyDialog</name>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Read these numbers to each other, by phone or face to face. If all twelve groups agree, nobody is in between.</source>
        <translation>请在电话里或当面互相念这些数字。如果十二组全都一致，中间就没有别人。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>They agree</source>
        <translation>全部一致</translation>
    </message>
    <message>
        <source>The safety number as a QR code</source>
        <translation>安全号码的二维码</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>验证 %1</translation>
    </message>
    <message>
        <source>Safety number with %1</source>
        <translation>与 %1 的安全号码</translation>
    </message>
    <message>
        <source>Stopped: a key did not agree.</source>
        <translation>已停止：密钥不一致。</translation>
    </message>
    <message>
        <source>You have compared it: verified.</source>
        <translation>你已比对过：已验证。</translation>
    </message>
    <message>
        <source>Verified by an invite. Comparing the numbers is surer still.</source>
        <translation>已通过邀请验证。比对号码更可靠。</translation>
    </message>
    <message>
        <source>Not verified yet.</source>
        <translation>尚未验证。</translation>
    </message>
</context>
<context>
    <name>kith::gui::YouDialog</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>People you connect with see this.</source>
        <translation>与你连接的人会看到它。</translation>
    </message>
    <message>
        <source>Your Kith ID</source>
        <translation>你的 Kith ID</translation>
    </message>
    <message>
        <source>This is your public key, which you may show to anybody. Who knows it knows that it is really you.</source>
        <translation>这是你的公钥，可以给任何人看。知道它的人就能确认真的是你。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Your secret key</source>
        <translation>你的私钥</translation>
    </message>
    <message>
        <source>Without it nobody recognises you, on another computer for example. Keep a copy, under a passphrase, in a safe place.</source>
        <translation>没有它就没有人认得你，例如在另一台电脑上。请用口令保护一份副本，放在安全的地方。</translation>
    </message>
    <message>
        <source>Export key…</source>
        <translation>导出密钥…</translation>
    </message>
    <message>
        <source>Import key…</source>
        <translation>导入密钥…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Making your key…</source>
        <translation>正在生成你的密钥…</translation>
    </message>
    <message>
        <source>There is none: your key cannot be used.</source>
        <translation>没有：你的密钥不能用。</translation>
    </message>
    <message>
        <source>Export key</source>
        <translation>导出密钥</translation>
    </message>
    <message>
        <source>Your key is in %1.</source>
        <translation>你的密钥在 %1。</translation>
    </message>
    <message>
        <source>Become another key?</source>
        <translation>换成另一个密钥？</translation>
    </message>
    <message>
        <source>People who know you by the key you have now will not recognise you. It is put aside, not deleted. Conversations end first.</source>
        <translation>凭现在的密钥认识你的人将认不出你。它会被放到一边，不会删除。对话会先结束。</translation>
    </message>
    <message>
        <source>Choose a key…</source>
        <translation>选择密钥…</translation>
    </message>
    <message>
        <source>Import key</source>
        <translation>导入密钥</translation>
    </message>
    <message>
        <source>You are this key now.</source>
        <translation>你现在就是这个密钥了。</translation>
    </message>
</context>
</TS>
