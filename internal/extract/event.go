package extract

import (
	"strconv"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// Name is the name of an event. The plugin's own names are those of its onVoipEvent page; the others name what other
// lines of the logs say about a call (docs/events.md).
type Name string

// The plugin's events, as the onVoipEvent page spells them.
const (
	StartVoip          Name = "startVoip"
	AbortVoip          Name = "abortVoip"
	HangOnVoip         Name = "hangOnVoip" // answered
	CancelVoip         Name = "cancelVoip"
	RejectVoip         Name = "rejectVoip"
	HangUpVoip         Name = "hangUpVoip" // hung up
	EndVoip            Name = "endVoip"
	Busy               Name = "busy"
	Calling            Name = "calling" // once a second while connected
	Timeout            Name = "timeout"
	JoinedRoomByCaller Name = "joinedRoomByCaller"
	JoinFailCaller     Name = "joinFailCaller"
	JoinFailListener   Name = "joinFailListener"
	FinishVoip         Name = "finishVoip"
	CallPageOnShow     Name = "callPageOnShow"
	ShowCustomBox      Name = "showCustomBox"
	HideCustomBox      Name = "hideCustomBox"
	BindContact        Name = "bindContact"
)

// Facts about a call that other lines give.
const (
	CallRequest      Name = "callRequest"      // initByCaller, callWMPF or callDevice was called
	CallResult       Name = "callResult"       // what it answered
	ContactStatus    Name = "contactStatus"    // getIotBindContactList answered
	AuthResult       Name = "authResult"       // requestDeviceVoIP answered
	AlertShown       Name = "alertShown"       // the listener's side learned of the call
	AlertSwitchedOff Name = "alertSwitchedOff" // the phone's call-invitation switch is off
	AlertAccepted    Name = "alertAccepted"    // the user pressed accept
	AlertRejected    Name = "alertRejected"    // the user pressed reject
	AlertExpired     Name = "alertExpired"     // nobody reacted in time
	AlertInterrupted Name = "alertInterrupted" // a phone call took over
	AppDestroyed     Name = "appDestroyed"     // the client destroyed the mini program
	ScreenOff        Name = "screenOff"
	ProcessStarted   Name = "processStarted"
	ProcessDied      Name = "processDied"
	ProcessHung      Name = "processHung"   // the system found that it does not respond
	DeviceBooted     Name = "deviceBooted"  // the system of the device begins
	ClockSet         Name = "clockSet"      // the clock of the device was set
	RegisterFault    Name = "registerFault" // the device's registration is refused
	GroupFault       Name = "groupFault"    // a device-group operation is refused
	VersionSeen      Name = "versionSeen"   // a version fact that is new in this log
	CloudNotify      Name = "cloudNotify"   // the vendor's server was told of a call, or refused it
)

// Facts about the device, its programs and its surroundings, whatever the call.
const (
	TaskError      Name = "taskError"      // a request to WMPF failed
	DeviceRegister Name = "deviceRegister" // registering the device failed
	ServerError    Name = "serverError"    // a server interface refused a request
	ScopeError     Name = "scopeError"     // the user denied the microphone or the camera
	NetworkChange  Name = "networkChange"  // the network was lost, regained or changed
	PageMissing    Name = "pageMissing"    // the page to open for a call does not exist
	SDKFault       Name = "sdkFault"       // the SDK for Linux devices or servers complains
	DeviceCalled   Name = "deviceCalled"   // a program of the SDK takes calls from phones
)

// OfDevice reports whether n says something of a device, not of one call: such an event neither opens a call nor is
// looked for by its room.
func (n Name) OfDevice() bool {
	switch n {
	case VersionSeen, ScreenOff, ProcessStarted, ProcessDied, ProcessHung, DeviceBooted, ClockSet, RegisterFault, GroupFault,
		TaskError, DeviceRegister, ServerError, ScopeError, NetworkChange, PageMissing, SDKFault, DeviceCalled:
		return true
	}
	return false
}

// Ends reports whether n is the end of a call as a party of it tells it.
func (n Name) Ends() bool {
	switch n {
	case AbortVoip, CancelVoip, RejectVoip, HangUpVoip, EndVoip, FinishVoip, Busy, Timeout, JoinFailCaller, JoinFailListener:
		return true
	}
	return false
}

// Event is one fact about a call, or about the program around it. It owns its strings.
type Event struct {
	logline.Pos
	Time time.Time // with the log's own zone; zero when the log gives none
	PID  int64     // process id, 0 unknown; of processStarted, processDied and processHung that which it is about, if named
	Name Name
	// Clock is how often the clock of the log had been set by then. Times of two events of which it differs cannot be
	// compared.
	Clock int

	RoomID      string // the plugin's room id (before 2.4.0: groupId); "" when the line has none
	MediaRoomID string // the number of the media room, a different id
	Repeats     int    // how many further times the same event was delivered at once (double bindings)

	API          string // that was called, e.g. initByCaller
	Success      *bool  // isSuccess, or a result that has a room
	Status       string
	Origin       string
	ErrMsg       string // errMsg of data or of data.error, or the text of an Error
	Reason       string // reason of data.error
	ErrCode      *int
	ErrType      *int // first number of a join failure, e.g. -10086; errType of a TaskError
	NativeCode   *int // second number of a join failure, e.g. -7
	KeepTime     *int // seconds
	RoomType     string
	IsCaller     *bool
	BusinessType *int
	ListenerID   string    // who is called: an openId or an SN; joins a phone's log to a call, never printed
	Versions     *Versions // of VersionSeen; nil for all others

	Text string // the record as logged, cut at MaxText bytes
}

// MaxText bounds the evidence text an Event keeps.
const MaxText = 2048

// Field returns the event's value at a documented path (the right-hand column of docs/events.md) as text, and whether
// the line had it. An unknown path has no value.
func (e *Event) Field(path string) (string, bool) {
	get := FieldOf(path)
	if get == nil {
		return "", false
	}
	return get(e)
}

// FieldOf returns what reads the field at a path, as Field does; nil for a path that is not known.
func FieldOf(path string) func(*Event) (string, bool) { return fields[path] }

var fields = map[string]func(*Event) (string, bool){
	"api":            func(e *Event) (string, bool) { return e.API, e.API != "" },
	"isSuccess":      func(e *Event) (string, bool) { return boolText(e.Success) },
	"status":         func(e *Event) (string, bool) { return e.Status, e.Status != "" },
	"origin":         func(e *Event) (string, bool) { return e.Origin, e.Origin != "" },
	"why":            func(e *Event) (string, bool) { return e.why() },
	"errMsg":         func(e *Event) (string, bool) { return e.ErrMsg, e.ErrMsg != "" },
	"reason":         func(e *Event) (string, bool) { return e.Reason, e.Reason != "" },
	"errCode":        func(e *Event) (string, bool) { return intText(e.ErrCode) },
	"errType":        func(e *Event) (string, bool) { return intText(e.ErrType) },
	"nativeCode":     func(e *Event) (string, bool) { return intText(e.NativeCode) },
	"keepTime":       func(e *Event) (string, bool) { return intText(e.KeepTime) },
	"roomType":       func(e *Event) (string, bool) { return e.RoomType, e.RoomType != "" },
	"isCaller":       func(e *Event) (string, bool) { return boolText(e.IsCaller) },
	"businessType":   func(e *Event) (string, bool) { return intText(e.BusinessType) },
	"listener":       func(e *Event) (string, bool) { return e.ListenerID, e.ListenerID != "" },
	"repeats":        func(e *Event) (string, bool) { return strconv.Itoa(e.Repeats), true },
	"text":           func(e *Event) (string, bool) { return e.Text, true },
	"version.wmpf":   version(func(v *Versions) string { return v.WMPF }),
	"version.plugin": version(func(v *Versions) string { return v.Plugin }),
	"version.wechat": version(func(v *Versions) string { return v.WeChat }),
	"version.linux":  version(func(v *Versions) string { return v.LinuxSDK }),
	"version.model":  version(func(v *Versions) string { return v.Model }),
	"version.appId":  version(func(v *Versions) string { return v.AppID }),
}

// version is the field of an event with a version fact.
func version(of func(*Versions) string) func(*Event) (string, bool) {
	return func(e *Event) (string, bool) {
		if e.Versions == nil {
			return "", false
		}
		text := of(e.Versions)
		return text, text != ""
	}
}

// why returns why the party ended the call, or that the other did: the origin of hangUpVoip, the status of cancelVoip
// and rejectVoip.
func (e *Event) why() (string, bool) {
	switch e.Name {
	case HangUpVoip:
		return e.Origin, e.Origin != ""
	case CancelVoip, RejectVoip:
		return e.Status, e.Status != ""
	}
	return "", false
}

func intText(n *int) (string, bool) {
	if n == nil {
		return "", false
	}
	return strconv.Itoa(*n), true
}

func boolText(b *bool) (string, bool) {
	if b == nil {
		return "", false
	}
	return strconv.FormatBool(*b), true
}

// KnownName reports whether n is one of the names above.
func KnownName(n Name) bool { return n.Number() >= 0 }

// Number returns a small number of its own for each known name, counted from 0, and -1 for any other.
func (n Name) Number() int {
	if i, ok := numbers[n]; ok {
		return i
	}
	return -1
}

// Names lists the known names by their numbers.
func Names() []Name {
	list := make([]Name, len(numbers))
	for n, i := range numbers {
		list[i] = n
	}
	return list
}

var numbers = func() map[Name]int {
	of := map[Name]int{}
	add := func(n Name) {
		if _, known := of[n]; !known && n != "" {
			of[n] = len(of)
		}
	}
	for _, n := range []Name{Calling, Timeout, Busy, CallRequest, VersionSeen, ProcessHung} {
		add(n)
	}
	for _, w := range vocabulary {
		if w.class != apiWord {
			add(w.name)
		}
	}
	return of
}()
