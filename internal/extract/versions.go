package extract

import (
	"regexp"
	"strings"
)

// The forms in which programs print their versions; docs/events.md shows one of each.
var (
	wmpfVersion   = regexp.MustCompile(`(?i)\b(?:com\.tencent\.)?wmpf\b(?:[ _-]*(?:process start|client|apk|sdk))?[ ,;_-]*(?:version|ver|versionName)?[ :="']*v?(\d+\.\d+\.\d+)`)
	pluginVersion = regexp.MustCompile(`(?i)\bwmpf-?voip\b["' ]*(?:plugin)?["' ]*[{(:=/@, -]*["' ]*(?:version)?["' ]*[:=]?["' ]*v?(\d+\.\d+\.\d+)|\bvoip[ _-]?plugin[ _-]?(?:version|ver)?[ :="']*v?(\d+\.\d+\.\d+)|\bplugin[ _-]?version[ :="']*v?(\d+\.\d+\.\d+)`)
	linuxVersion  = regexp.MustCompile(`\b0x[dD]5[0-9a-fA-F]{6}\b`)
	weChatVersion = regexp.MustCompile(`(?i)\b(?:wechat|weixin)[ _-]*(?:client)?[ _-]*(?:version|ver)?[ :="']*v?(\d+\.\d+\.\d+(?:\.\d+)?)`)
	deviceModel   = regexp.MustCompile(`\[ro\.product\.model\]: \[([^\]\r\n]{1,64})\]`)
	appID         = regexp.MustCompile(`(?i)\bappid["']?[ :="']*(wx[0-9a-f]{16})\b`)
)

// pluginAppID is the plugin's own appId, which is not the mini program's.
const pluginAppID = "wxf830863afde621eb"

// versions returns the version facts of a line.
func versions(line []byte) Versions {
	var v Versions
	v.Plugin = first(pluginVersion.FindSubmatch(line))
	v.WMPF = first(wmpfVersion.FindSubmatch(line))
	v.WeChat = first(weChatVersion.FindSubmatch(line))
	v.LinuxSDK = strings.ToLower(string(linuxVersion.Find(line)))
	if id := first(appID.FindSubmatch(line)); id != pluginAppID {
		v.AppID = id
	}
	v.Model = first(deviceModel.FindSubmatch(line))
	return v
}

// first returns the first group that took part in a match.
func first(groups [][]byte) string {
	for i, g := range groups {
		if i > 0 && len(g) > 0 {
			return string(g)
		}
	}
	return ""
}
