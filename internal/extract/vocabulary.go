package extract

import "slices"

// class says what an occurrence of a word in a line is evidence of.
type class uint8

const (
	eventWord    class = iota // an event name that no other text holds
	ordinaryWord              // an event name that is an everyday word too: counts only right behind a contextWord
	contextWord               // announces an event name
	apiWord                   // an initiating call
	resultWord                // an answer that carries an error code
	markerWord                // a fixed text of the client, see markers
	faultWord                 // a fact of the device may stand here, see faults
	versionWord               // a version fact may stand here
	modelWord                 // the model of the machine may stand here
)

type word struct {
	text  string
	class class
	name  Name
}

// vocabulary lists every word that makes a line worth a closer look, in lower case. The event names are those of the
// onVoipEvent page; the client's own texts are listed with their origin in docs/events.md.
var vocabulary = []word{
	{"startvoip", eventWord, StartVoip},
	{"abortvoip", eventWord, AbortVoip},
	{"hangonvoip", eventWord, HangOnVoip},
	{"cancelvoip", eventWord, CancelVoip},
	{"rejectvoip", eventWord, RejectVoip},
	{"hangupvoip", eventWord, HangUpVoip},
	{"endvoip", eventWord, EndVoip},
	{"busyvoip", eventWord, Busy},
	{"joinedroombycaller", eventWord, JoinedRoomByCaller},
	{"joinfailcaller", eventWord, JoinFailCaller},
	{"joinfaillistener", eventWord, JoinFailListener},
	{"finishvoip", eventWord, FinishVoip},
	{"callpageonshow", eventWord, CallPageOnShow},
	{"showcustombox", eventWord, ShowCustomBox},
	{"hidecustombox", eventWord, HideCustomBox},
	{"bindcontact", eventWord, BindContact},
	{"busy", ordinaryWord, Busy},
	{"calling", ordinaryWord, Calling},
	{"timeout", ordinaryWord, Timeout},

	{"onvoipevent", contextWord, ""},
	{"voipevent", contextWord, ""},
	{"plugin.event", contextWord, ""},
	{"eventname", contextWord, ""},
	{"voip-call]", contextWord, ""},

	{"initbycaller", apiWord, "initByCaller"},
	{"callwmpf", apiWord, "callWMPF"},
	{"calldevice", apiWord, "callDevice"},

	{"issuccess", resultWord, CallResult},
	{"operatewxdata", resultWord, CallResult},
	{"wmpfdevicetoken errorcode", resultWord, CallResult},
	{"device/call fail", resultWord, CallResult},
	{"only one wx_voip_session can exist", resultWord, CallResult},
	{"getiotbindcontactlist", resultWord, ContactStatus},
	{"requestdevicevoip", resultWord, AuthResult},

	{"enterwxavoipcallingpage", markerWord, AlertShown},
	{"call-page-plugin?", markerWord, AlertShown},
	{"newvoipmsgnotification switch status is closed", markerWord, AlertSwitchedOff},
	{"click accept button", markerWord, AlertAccepted},
	{"click reject button", markerWord, AlertRejected},
	{"timeout reason[didn't accept", markerWord, AlertExpired},
	{"phone calling broke voip calling", markerWord, AlertInterrupted},
	{"appbrand change to destroy", markerWord, AppDestroyed},
	{"screen off", markerWord, ScreenOff},
	{"screen_off", markerWord, ScreenOff},
	{"wmpf process start", markerWord, ProcessStarted},
	{"start proc ", markerWord, ProcessStarted},
	{"has died", markerWord, ProcessDied},
	{"am_proc_died", markerWord, ProcessDied},
	{"am_kill", markerWord, ProcessDied},
	{"lowmemorykiller", markerWord, ProcessDied},
	{"killing ", markerWord, ProcessDied},
	{"process: com.tencent.", markerWord, ProcessDied},
	{"booting linux on physical cpu", markerWord, DeviceBooted},
	{"tick_diff:", markerWord, ClockSet},
	{"register info invalid", markerWord, RegisterFault},
	{"980001", markerWord, GroupFault},
	{"9800044", markerWord, GroupFault},

	{"errtype", faultWord, TaskError},
	{"taskerror", faultWord, TaskError},
	{"wmpfapiexception", faultWord, TaskError},
	{"baseresponse", faultWord, TaskError},
	{"bridge not found", faultWord, TaskError},
	{"onbridgenotfound", faultWord, TaskError},
	{"call wmpf.apk fail", faultWord, TaskError},
	{"com.tencent.wmpf.comm.provider", faultWord, TaskError},
	{"err:transfer", faultWord, TaskError},
	{"signature err 1", faultWord, TaskError},
	{"device id not registered", faultWord, TaskError},
	{"activatedevice", faultWord, TaskError},
	{"activate_device", faultWord, TaskError},
	{"激活设备", faultWord, TaskError},
	{"registerminiprogramdevice", faultWord, DeviceRegister},
	{"registerdevice", faultWord, DeviceRegister},
	{"9800004", faultWord, DeviceRegister},
	{"emmc write fail", faultWord, DeviceRegister},
	{"invalid rpmb_buffer", faultWord, DeviceRegister},
	{"digital-sig check fail", faultWord, DeviceRegister},
	{"hmac check fail", faultWord, DeviceRegister},
	{"48001", faultWord, ServerError},
	{"scope.record", faultWord, ScopeError},
	{"scope.camera", faultWord, ScopeError},
	{"isconnected", faultWord, NetworkChange},
	{"type=none", faultWord, NetworkChange},
	{"type: none", faultWord, NetworkChange},
	{"type: 'none", faultWord, NetworkChange},
	{"type\":\"none", faultWord, NetworkChange},
	{"onlost", faultWord, NetworkChange},
	{"onavailable", faultWord, NetworkChange},
	{"network lost", faultWord, NetworkChange},
	{"network is ", faultWord, NetworkChange},
	{"network was ", faultWord, NetworkChange},
	{"network connection ", faultWord, NetworkChange},
	{"network disconnected", faultWord, NetworkChange},
	{"network unavailable", faultWord, NetworkChange},
	{"network restored", faultWord, NetworkChange},
	{"network regained", faultWord, NetworkChange},
	{"network recovered", faultWord, NetworkChange},
	{"network reconnected", faultWord, NetworkChange},
	{"network changed from ", faultWord, NetworkChange},
	{"network switched from ", faultWord, NetworkChange},
	{"call-page-plugin", faultWord, PageMissing},
	{"页面不存在", faultWord, PageMissing},
	{"device/key/get", faultWord, SDKFault},
	{"device/register", faultWord, SDKFault},
	{"server/token/info/get", faultWord, SDKFault},
	{"wx_cloudvoip_session_join", faultWord, SDKFault},
	{"found local timestamp incorrect", faultWord, SDKFault},
	{"detected memory leak: wx_", faultWord, SDKFault},
	{"invalid address: wx_operation", faultWord, SDKFault},
	{"wx_camera_stream_listener::data", faultWord, SDKFault},
	{"wx_voip_listener_", faultWord, DeviceCalled},
	{"iot_voip_notify", faultWord, CloudNotify},

	{"wmpf", versionWord, ""},
	{"plugin", versionWord, ""},
	{"clientversion", versionWord, ""},
	{"wechat", versionWord, ""},
	{"weixin", versionWord, ""},
	{"ro.product.model", modelWord, ""},
}

var words = newWordSet(wordsOf(vocabulary))

func wordsOf(list []word) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = w.text
	}
	return out
}

// sightings are the words of the vocabulary in one line.
type sightings struct {
	line    []byte
	matches []match
}

// has reports whether a word of one of the classes occurs. A version fact begins a word: the "Wmpf" inside each room
// id is none.
func (s sightings) has(classes ...class) bool {
	for _, m := range s.matches {
		c := vocabulary[m.word].class
		if slices.Contains(classes, c) && (c != versionWord || m.start == 0 || !isIdent(s.line[m.start-1])) {
			return true
		}
	}
	return false
}

// api returns the first initiating API named in the line, in its documented spelling.
func (s sightings) api() string {
	for _, m := range s.matches {
		if w := vocabulary[m.word]; w.class == apiWord && m.whole(s.line) {
			return string(w.name)
		}
	}
	return ""
}

// eventName returns the canonical name of an event name in whatever case, alone.
func eventName(s string) (Name, bool) {
	for _, w := range vocabulary {
		if w.class <= ordinaryWord && len(s) == len(w.text) && hasFold([]byte(s), w.text) {
			return w.name, true
		}
	}
	return "", false
}
