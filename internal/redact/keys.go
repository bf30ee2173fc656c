package redact

import "strings"

// keys are the names under which logs print personal data, in lower case and without underscores.
var keys = map[string]Kind{
	"openid": OpenID, "opendid": OpenID, "openids": OpenID, "openidlist": OpenID, "unionid": OpenID, "voipid": OpenID,
	"fromusername": OpenID, "tousername": OpenID, "listenerid": OpenID, "callerid": OpenID,
	"sn": SN, "sns": SN, "snlist": SN, "serialnumber": SN, "serialno": SN, "serial": SN,
	"deviceid": Device, "devid": Device, "imei": Device, "imsi": Device, "androidid": Device, "hostdeviceid": Device,
	"wechatid": WeChat, "weixinid": WeChat, "wxid": WeChat, "uin": WeChat,
	"phone": Phone, "phonenumber": Phone, "phoneno": Phone, "mobile": Phone, "mobilenumber": Phone, "tel": Phone, "telephone": Phone, "msisdn": Phone,
	"callername": Name, "listenername": Name, "nickname": Name, "devicename": Name, "displayname": Name, "realname": Name,
	"contactname": Name, "remarkname": Name, "username": Name, "name": Name,
	"ip": IP, "ipaddr": IP, "ipaddress": IP, "mac": MAC, "macaddr": MAC, "macaddress": MAC, "bssid": MAC,
	"userid": User, "email": User, "ssid": Location, "gps": Location, "latitude": Location, "longitude": Location,
	"signature": Secret, "devicesig": Secret, "sessionkey": Secret, "encryptkey": Secret, "encrypt": Secret, "aeskey": Secret, "privatekey": Secret,
	"secretkey": Secret, "apikey": Secret, "appkey": Secret, "authkey": Secret, "cookie": Secret, "authorization": Secret, "bearer": Secret,
	"token": Secret, "tokens": Secret, "ticket": Secret, "secret": Secret, "password": Secret, "passwd": Secret, "pwd": Secret, "snticket": Secret, "callerticket": Secret,
}

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
	if k, ok := keys[string(plain)]; ok {
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
