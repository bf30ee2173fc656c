package redact

import "strings"

// keys are the names under which logs print personal data, in lower case, with underscores between their words.
var keys = map[string]Kind{
	"open_id": OpenID, "opend_id": OpenID, "open_ids": OpenID, "open_id_list": OpenID, "union_id": OpenID, "voip_id": OpenID,
	"from_user_name": OpenID, "to_user_name": OpenID, "listener_id": OpenID, "caller_id": OpenID,
	"sn": SN, "sns": SN, "sn_list": SN, "serial_number": SN, "serial_no": SN, "serial": SN,
	"device_id": Device, "dev_id": Device, "imei": Device, "imsi": Device, "android_id": Device, "host_device_id": Device,
	"wechat_id": WeChat, "weixin_id": WeChat, "wxid": WeChat, "uin": WeChat,
	"phone": Phone, "phone_number": Phone, "phone_no": Phone, "mobile": Phone, "mobile_number": Phone, "tel": Phone, "telephone": Phone, "msisdn": Phone,
	"caller_name": Name, "listener_name": Name, "nick_name": Name, "device_name": Name, "display_name": Name, "real_name": Name,
	"contact_name": Name, "remark_name": Name, "user_name": Name, "name": Name,
	"ip": IP, "ip_addr": IP, "ip_address": IP, "mac": MAC, "mac_addr": MAC, "mac_address": MAC, "bssid": MAC,
	"user_id": User, "email": User, "ssid": Location, "gps": Location, "latitude": Location, "longitude": Location,
	"signature": Secret, "device_sig": Secret, "session_key": Secret, "encrypt_key": Secret, "encrypt": Secret, "aes_key": Secret, "private_key": Secret,
	"secret_key": Secret, "api_key": Secret, "app_key": Secret, "auth_key": Secret, "cookie": Secret, "authorization": Secret, "bearer": Secret,
	"token": Secret, "tokens": Secret, "ticket": Secret, "secret": Secret, "password": Secret, "passwd": Secret, "pwd": Secret, "sn_ticket": Secret, "caller_ticket": Secret,
}

// plainKeys are keys without the underscores, which do not count.
var plainKeys = func() map[string]Kind {
	plain := map[string]Kind{}
	for name, kind := range keys {
		plain[withoutUnderscores(name)] = kind
	}
	return plain
}()

func withoutUnderscores(name string) string { return strings.ReplaceAll(name, "_", "") }

// endings are those of longer names, as in to_openid_list, hostAppSecret or callerSN.
var endings = []struct {
	end  string
	kind Kind
}{
	{"openid", OpenID}, {"openidlist", OpenID}, {"deviceid", Device},
	{"nickname", Name}, {"phonenumber", Phone}, {"ipaddress", IP}, {"macaddress", MAC},
	{"token", Secret}, {"tokens", Secret}, {"ticket", Secret}, {"secret", Secret}, {"signature", Secret}, {"password", Secret}, {"sessionkey", Secret}, {"encryptkey", Secret},
}

// chineseKeys are the names that support posts and logs of Chinese programs use.
var chineseKeys = []struct {
	name string
	kind Kind
}{
	{"手机号", Phone}, {"电话", Phone}, {"昵称", Name}, {"姓名", Name}, {"微信号", WeChat}, {"设备号", SN}, {"序列号", SN}, {"密码", Secret}, {"密钥", Secret},
}

// maxKey is the length of the longest name that is looked up, in bytes.
const maxKey = 40

// kindOfKey returns the kind of the values under a name, "" for none. It runs for every word of a log, so it takes no
// memory.
func kindOfKey(name string) Kind {
	if len(name) < 2 || len(name) > maxKey {
		return ""
	}
	var buf [maxKey]byte
	n := 0
	for i := range len(name) {
		if name[i] != '_' {
			buf[n] = lower(name[i])
			n++
		}
	}
	plain := buf[:n]
	if k, ok := plainKeys[string(plain)]; ok {
		return k
	}
	for i := range endings {
		if e := &endings[i]; n > len(e.end) && string(plain[n-len(e.end):]) == e.end {
			return e.kind
		}
	}
	if endsInSN(name) {
		return SN
	}
	return ""
}

// isRoomKey reports whether name is that of the id of a room.
func isRoomKey(name string) bool {
	return strings.EqualFold(name, "roomId") || strings.EqualFold(name, "groupId") || strings.EqualFold(name, "room_id") || strings.EqualFold(name, "group_id")
}

// endsInSN reports whether a name is a longer one for an SN: callerSn, deviceSN, bind_sn, but not isn.
func endsInSN(name string) bool {
	n := len(name) - 2
	if n < 1 {
		return false
	}
	end, before := name[n:], name[n-1]
	return end == "sn" && before == '_' || (end == "Sn" || end == "SN") && before-'a' < 26
}

// isParty reports whether name is that of an object whose id is one of a person or of a device.
func isParty(name string) bool {
	return strings.EqualFold(name, "caller") || strings.EqualFold(name, "listener") || strings.EqualFold(name, "user")
}

// kindOf corrects the kind that a key gives a canonical value by what the value looks like: under callerId stands an
// openId or an SN.
func kindOf(kind Kind, v string) Kind {
	switch {
	case kind == OpenID && !strings.HasPrefix(v, "o"):
		return SN
	case strings.HasPrefix(v, "wxid_"):
		return WeChat
	case len(v) == openIDLen && v[0] == 'o' && (kind == SN || kind == User || kind == WeChat):
		return OpenID
	}
	return kind
}
