package report

// postWords are the fixed texts of a support post in one language. English and Chinese take the same arguments in the
// same order.
type postWords struct {
	madeBy, number, none, moreKinds                                       string
	form, symptom, said, read, tried, attach                              string // headings
	wmpf, linux, either, plugin, appID, room, mediaRoom, date, start, way string // fields of the form
	missing, noRoom, byClock, spread, allRooms                            string
	logFull, logPart, logNone, logSilent                                  string
	finding, others, answer                                               string
	files, again, span, pullDevice, pullPhone, phoneUpload, pullLinux     string

	symptoms map[string]string // by symptomOf
}

var englishPost = postWords{
	madeBy: "From the logs, by xlogscan %s (rules %s). Fill in what is marked [missing] or ____.",
	number: "Post %s of %s", none: "No call failed: there is nothing to ask support about.",
	moreKinds: "%s with other causes not written (-v writes them)",
	form:      "Versions and call", symptom: "Symptom", said: "What the logs say", read: "What that means", tried: "Remedy", attach: "Logs",
	wmpf: "WMPF version", linux: "Linux SDK version", either: "WMPF or Linux SDK version", plugin: "VoIP plugin version", appID: "appId",
	room: "roomId", mediaRoom: "media room", date: "date", start: "start", way: "direction",
	missing: "[missing] no log shows it",
	noRoom:  "[missing] no log shows one. Without it support needs the start time above and an id of one party, for support only and not for the public post: the SN of the device, an openId, or a WeChat ID.",
	byClock: "%s, by the %s's clock", spread: "the same on %s, of which this is one", allRooms: "Rooms",
	logFull: "%s: log there, covers the whole call", logPart: "%s: log there, covers part of the call", logNone: "%s: log missing",
	logSilent: "it shows nothing of the call",
	finding:   "%s, by rule %s", others: "also found: %s", answer: "Tried? ____  Result: ____",
	files: "%s: attach the whole log folder; the call is in %s", again: "%s: the log has a gap (%s). If the device still has that time, pull the folder again.",
	span:        "%s, missing: the log from %s to %s",
	pullDevice:  "on the device: %s",
	pullPhone:   "from an Android phone, where its folder can be read: %s",
	phoneUpload: "from the phone itself: WeChat > Me > Settings > Help & Feedback > the wrench at the top right > upload log > the day of the call; then tell support, not the public post, the WeChat ID and when it was uploaded",
	pullLinux:   "on the device: copy the folder that the Linux SDK writes its log to",
	symptoms: map[string]string{
		"initiate": "The call cannot be initiated.", "join": "The call ends right after it was initiated.",
		"answer": "The call ends as soon as the listener answers.", "wait": "The call breaks off before it is answered.",
		"call": "The connected call breaks off.", "no-answer": "Nobody answers, until the call times out.",
		"cancelled": "The caller's side gives up before the call is answered.", "rejected": "The listener's side rejects the call.",
		"busy": "The listener is busy.", "completed": "The call was connected and hung up.", "unknown": "The logs do not show how the call ended.",
	},
}

var chinesePost = postWords{
	madeBy: "由 xlogscan %s（规则 %s）根据日志生成。标有【缺少】或 ____ 处请补充。",
	number: "第 %s 帖，共 %s 帖", none: "没有失败的通话，无需求助。",
	moreKinds: "另有 %s 为其他原因，未写出（-v 全部写出）",
	form:      "版本与通话", symptom: "现象", said: "日志内容", read: "分析", tried: "处理", attach: "日志",
	wmpf: "WMPF 版本", linux: "Linux SDK 版本", either: "WMPF 或 Linux SDK 版本", plugin: "VoIP 插件版本", appID: "appId",
	room: "roomId", mediaRoom: "媒体房间号", date: "日期", start: "开始时间", way: "方向",
	missing: "【缺少】日志中没有",
	noRoom:  "【缺少】日志中没有。没有 roomId 时，需提供上面的开始时间和一方的标识：设备 SN、openId 或微信号；只发给客服人员，不要写在公开帖子里。",
	byClock: "%s，以%s时钟为准", spread: "共 %s 情况相同，这是其中一次", allRooms: "房间",
	logFull: "%s：有日志，覆盖整个通话", logPart: "%s：有日志，只覆盖部分通话", logNone: "%s：缺少日志",
	logSilent: "其中没有这次通话的内容",
	finding:   "%s，依据规则 %s", others: "另外发现：%s", answer: "是否试过：____  结果：____",
	files: "%s：请附上整个日志目录；这次通话在 %s", again: "%s：日志有缺口（%s）。如果设备上还有这段时间的日志，请重新拉取整个目录。",
	span:        "%s，缺少：%s 至 %s 的日志",
	pullDevice:  "在设备上：%s",
	pullPhone:   "安卓手机，可读取目录时：%s",
	phoneUpload: "手机自行上传：微信 > 我 > 设置 > 帮助与反馈 > 右上角扳手 > 上传日志 > 选通话当天；然后把微信号和上传时间告诉客服人员，不要写在公开帖子里",
	pullLinux:   "在设备上：复制 Linux SDK 写日志的目录",
	symptoms: map[string]string{
		"initiate": "无法发起通话。", "join": "通话发起后异常退出。",
		"answer": "接听方一接听就挂断。", "wait": "接听之前通话异常退出。",
		"call": "通话过程中异常退出。", "no-answer": "一直无人接听，直到超时。",
		"cancelled": "接听之前被拨打方取消。", "rejected": "被接听方拒接。",
		"busy": "接听方忙线。", "completed": "通话已接通，后来挂断。", "unknown": "日志没有显示通话如何结束。",
	},
}

// symptomOf names what a user sees of how c ended, in the guide's distinctions: a call that cannot be initiated, one that
// ends right after it was, one that ends as the listener answers, one that breaks off.
func symptomOf(c *Call) string {
	switch c.Outcome {
	case "initiate-failed":
		return "initiate"
	case "no-answer", "cancelled", "busy", "completed", "unknown":
		return c.Outcome
	case "rejected":
		if c.Stage != "listener-wait" {
			return c.Outcome
		}
	}
	switch c.Stage {
	case "setup", "initiate", "join":
		return "join"
	case "answer", "listener-wait":
		return "answer"
	case "call", "end":
		return "call"
	}
	return "wait"
}
