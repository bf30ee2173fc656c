package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Facts of the device, in the forms that people have posted and the documentation quotes.
func TestFaults(t *testing.T) {
	for message, want := range map[string]string{
		`com.tencent.wmpf.cli.api.WMPFApiException: errType: 1, errCode: 10006, errMsg: inactive`:           `taskError errCode=10006 errType=1 errMsg=inactive`,
		`TaskErrorException(taskError=TaskError{errType=1, errCode=10017, errMsg=device id not registered}`: `taskError errCode=10017 errType=1 errMsg=device id not registered`,
		`{errType=1, errCode=10010, errMsg=inactive or expired}`:                                            `taskError errCode=10010 errType=1 errMsg=inactive or expired`,
		`{"errType":2,"errCode":-1,"errMsg":"x"} TaskError`:                                                 `taskError errCode=-1 errType=2 errMsg=x`,
		`response.baseResponse.errMsg = no activate response.baseResponse.ret=10006`:                        `taskError errCode=10006 errMsg=no activate`,
		`激活设备失败, error: bridge not found, 确认WMPF框架处于运行状态`:                                                   `taskError api=activateDevice errMsg=bridge not found`,
		`激活设备失败, error: request timeout`:                                                                    `taskError api=activateDevice errMsg=request timeout`,
		`activateDevice failed: signature err 1`:                                                            `taskError api=activateDevice errMsg=signature err 1`,
		`IPC onBridgeNotFound`:                                                                              `taskError errMsg=onBridgeNotFound`,
		`call WMPF.apk fail, is it installed?`:                                                              `taskError errMsg=call WMPF.apk fail`,
		`Failed to find provider info for com.tencent.wmpf.comm.provider`:                                   `taskError errMsg=Failed to find provider info for com.tencent.wmpf.comm.provider`,
		`login fail, err:TRANSFER errCode:33 msg:`:                                                          `taskError errCode=33 errMsg=err:TRANSFER errCode:33`,
		`registerMiniProgramDevice ret=-7`:                                                                  `deviceRegister api=registerMiniProgramDevice errCode=-7`,
		`registerDevice result: {"errCode":-3,"errMsg":"key mismatch"}`:                                     `deviceRegister api=registerDevice errCode=-3 errMsg=key mismatch`,
		`registerMiniProgramDevice fail: failed to get native service`:                                      `deviceRegister api=registerMiniProgramDevice errMsg=failed to get native service`,
		`code-11 msg=register refresh: "ercode":9800004,"errmsg" 'sn 'm1@SN1 not register`:                  `deviceRegister errCode=9800004 errMsg=not register`,
		`rpmbd: emmc write fail00`:                                                                          `deviceRegister errMsg=emmc write fail00`,
		`ticket 0 digital-sig check fail`:                                                                   `deviceRegister errMsg=ticket 0 digital-sig check fail`,
		`hmac check fail {"errcode":40234}`:                                                                 `deviceRegister errCode=40234 errMsg=hmac check fail`,
		`POST /wxa/getsnticket {"errcode":48001,"errmsg":"api unauthorized rid: 1"}`:                        `serverError api=getSnTicket errCode=48001 errMsg=api unauthorized rid: 1`,
		`authorize:fail auth deny scope.record`:                                                             `scopeError errMsg=scope.record`,
		`authSetting {"scope.camera":false}`:                                                                `scopeError errMsg=scope.camera`,
		`onNetworkStatusChange {"isConnected":false,"networkType":"none"}`:                                  `networkChange status=lost`,
		`onNetworkStatusChange {"isConnected":true,"networkType":"4g"}`:                                     `networkChange status=regained`,
		`onNetworkChange type=none`:                                                                         `networkChange status=lost`,
		`NetworkCallback onLost network=100`:                                                                `networkChange status=lost`,
		`NetworkCallback onAvailable network=101`:                                                           `networkChange status=regained`,
		`network is restored`:                                                                               `networkChange status=regained`,
		`network changed from wifi to 4g`:                                                                   `networkChange status=changed`,
		`network changed from wifi to none`:                                                                 `networkChange status=lost`,
		`页面不存在`:                                                                                             `pageMissing errMsg=页面不存在`,
		`onPageNotFound {"path":"call-page-plugin?groupId=` + room + `&listenerId=o"}`:                      `pageMissing ROOM errMsg=onPageNotFound`,
		`device/key/get fail: 10008`:                                                                        `sdkFault api=device/key/get errCode=10008 errMsg=10008`,
		`device/register: HTTP 0 77`:                                                                        `sdkFault api=device/register errCode=77 errMsg=HTTP 0 77`,
		`device/register: errcode: 9800011 errmsg: sn_ticke`:                                                `sdkFault api=device/register errCode=9800011 errMsg=errcode: 9800011 errmsg: sn_ticke`,
		"device/register: errcode: 9 errmsg: device `x` not registered":                                     "sdkFault api=device/register errCode=9 errMsg=errcode: 9 errmsg: device `x` not registered",
		`device/server/token/info/get: parse response fail, missing appid`:                                  `sdkFault api=device/server/token/info/get errMsg=parse response fail, missing appid`,
		`wx_cloudvoip_session_join fail, 15`:                                                                `sdkFault api=wx_cloudvoip_session_join errCode=15 errMsg=wx_cloudvoip_session_join fail, 15`,
		`Found local timestamp incorrect, expected 1, actual 2`:                                             `sdkFault errMsg=Found local timestamp incorrect, expected 1, actual 2`,
		`Detected memory leak: wx_operation, leak objects: 1`:                                               `sdkFault errMsg=Detected memory leak: wx_operation, leak objects: 1`,
		`invalid address: wx_operation 0x12`:                                                                `sdkFault errMsg=invalid address: wx_operation 0x12`,
		`Call wx_camera_stream_listener::data with stream 0x1, user_data 0x2. But it's released.`:           `sdkFault errMsg=wx_camera_stream_listener::data with stream 0x1, user_data 0x2. But it's released`,
		`Only one wx_voip_session can exist simutanously.`:                                                  `callResult api=wx_voip_session_new isSuccess=false errMsg=Only one wx_voip_session can exist simutanously.`,
		`OperateWxData fail: 12`:                                                                            `callResult api=OperateWxData isSuccess=false errCode=12 errMsg=OperateWxData fail: 12`,
		`undefined symbol: wx_voip_listener_join`:                                                           `deviceCalled`,
		`{"Event":"iot_voip_notify","Action":"join_voip_room","RoomId":"` + room + `"}`:                     `cloudNotify ROOM`,
		`iot_voip_notify ` + room + ` answer {"errcode":1}`:                                                 `cloudNotify ROOM errCode=1`,
	} {
		t.Run(message, func(t *testing.T) {
			if diff := cmp.Diff([]string{want}, facts(read(t, line(message)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The words and numbers of faults in lines that tell of none, or of one of another table.
func TestNoFault(t *testing.T) {
	for name, message := range map[string]string{
		"media layer's errType":           `Game joinVoIPChat Fail! err= {"errMsg":"joinVoIPChat:fail -10088, 1, join room failed. errType: 1, errCode: 1, errMsg: , 0","errCode":-1000}`,
		"success":                         `TaskError{errType=0, errCode=0, errMsg=ok}`,
		"errType of another program":      `upload errType=3, errCode=500, errMsg=server busy`,
		"number alone":                    `order 10010 shipped, errtype unknown`,
		"web page's bridge":               `WeixinJSBridge not found`,
		"provider found":                  `attach com.tencent.wmpf.comm.provider`,
		"activation under way":            `invokeSync >>>> request [ACTIVATE_DEVICE] [WMPFDevice{productId=5417}] rId [1]`,
		"timeout of a request":            `request:fail request timeout, server busy`,
		"registered":                      `registerMiniProgramDevice ret=0`,
		"another program's registration":  `BroadcastReceiver not registered, cert fail`,
		"signature of another device":     `registerMiniProgramDevice start sn=SN-7`,
		"server's number in another":      `trace 198000041`,
		"unauthorised, another interface": `subscribe {"errcode":48001,"errmsg":"api unauthorized"}`,
		"unauthorised, longer number":     `getSnTicket cost=480012`,
		"scope asked for":                 `authorize scope.record`,
		"scope allowed":                   `authSetting {"scope.record":true}`,
		"network's strength":              `onNetworkChange type=wifi rssi=-41`,
		"connection to another service":   `bluetooth isconnected, type: none`,
		"socket's connection":             `onSocketClose {"isConnected":false}`,
		"code of another program":         `{errType=7, errCode=10010, errMsg=no permission}`,
		"callback of another thing":       `CameraCallback onLost frames=3`,
		"network, no change":              `network request cost=20ms, network type wifi`,
		"network from itself":             `network changed from wifi to wifi`,
		"page of the shop":                `onPageNotFound {"path":"pages/shop/item"}`,
		"registration accepted":           `device/register: errcode: 0 errmsg: ok`,
		"HTTP answered":                   `device/register: HTTP 200 0`,
		"token fetched":                   `device/server/token/info/get: 0`,
		"joined":                          `wx_cloudvoip_session_join ok`,
		"camera's data":                   `wx_camera_stream_listener::data with stream 0x1, 4096 bytes`,
		"leak elsewhere":                  `Detected memory leak: bitmap`,
		"push acknowledged":               `iot_voip_notify ` + room + ` answer {"errcode":0}`,
		"push of no room":                 `iot_voip_notify handler registered`,
		"call accepted":                   `device/call fail: 0`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := facts(read(t, line(message))); len(got) > 0 {
				t.Errorf("got %q", got)
			}
		})
	}
}

// A code of the authorisation is none of WMPF's, and a page that is missing is no alert.
func TestFaultsLeaveOthers(t *testing.T) {
	for message, want := range map[string]string{
		`requestDeviceVoIP:fail The sn has been subscribed errCode: 10001`: `authResult`,
		`initByCaller fail {"errType":1,"errCode":10006,"errMsg":"x"}`:     `callResult`,
		`registerMiniProgramDevice code=-11 msg=register info invalid`:     `registerFault`,
		`{"errcode":9800016,"errmsg":"group full"}`:                        `groupFault`,
	} {
		log := read(t, line(message))
		if len(log.Events) != 1 || string(log.Events[0].Name) != want {
			t.Errorf("got %q, want %s of %s", facts(log), want, message)
		}
	}
}

func TestOfDevice(t *testing.T) {
	for n, want := range map[extract.Name]bool{extract.TaskError: true, extract.ScreenOff: true, extract.CloudNotify: false, extract.EndVoip: false} {
		if n.OfDevice() != want {
			t.Errorf("%s: of the device %t", n, !want)
		}
	}
}

// What the SDK for servers logs is no device's.
func TestCloudSide(t *testing.T) {
	text := "[09:21:48.399][E][WMPF][37277:37278][components/cloudvoip/server/voip.cc:625][operator()]: device/server/token/info/get: parse response fail, missing appid\n"
	if got := read(t, text).Side; got != extract.Cloud {
		t.Errorf("side %q", got)
	}
}
