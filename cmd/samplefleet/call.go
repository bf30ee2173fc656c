package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A call is one from a device to its phone, at a time since the start of the day.
type call struct {
	device, phone *log
	at            time.Duration
	r             *rand.Rand
	room, media   string // by the plugin and by the media server, which others must not have
	sn, openid    string
}

// play writes how the call went. Of a hundred calls so many fail because the device is still in an old room.
func (c *call) play(failing int) {
	c.says(0, `initByCaller request {"roomType":"video","caller":{"id":"`+c.sn+`"},"listener":{"id":"`+c.openid+`"},"businessType":1}`)
	dice := c.r.IntN(100)
	if dice >= 97 {
		c.says(0.4, `initByCaller result {"isSuccess":false,"errCode":9,"errMsg":"operateWXData:fail"}`)
		return
	}
	c.says(0.4, `initByCaller result {"isSuccess":true,"roomId":"`+c.room+`","groupId":"`+c.room+`"}`)
	c.caller(0.5, "startVoip", "")
	c.caller(0.6, "callPageOnShow", "")
	if dice < failing {
		c.caller(1.5, "joinFailCaller", `{"errCode":-1,"errMsg":"joinVoIPChat:fail: -10086, -1, Already in room or joining, `+c.media+`"}`)
		c.caller(1.6, "endVoip", `{"keepTime":0,"roomType":"video","isCaller":true,"businessType":1}`)
		return
	}
	c.caller(1.5, "joinedRoomByCaller", "")
	c.rings(1.8 + c.r.Float64())
	switch dice = c.r.IntN(100); {
	case dice < 10:
		c.caller(61, "timeout", "")
		c.caller(61.1, "endVoip", `{"isCaller":true,"keepTime":0}`)
	case dice < 18:
		c.caller(14, "cancelVoip", `{"status":"manual"}`)
		c.caller(14.1, "endVoip", `{"isCaller":true,"keepTime":0}`)
		c.listener(14.3, "cancelVoip", `{"status":"other"}`)
	case dice < 27:
		c.listener(8.8, "rejectVoip", `{"status":"manual"}`)
		c.caller(9, "rejectVoip", `{"status":"other"}`)
		c.caller(9.1, "endVoip", `{"isCaller":true,"keepTime":0}`)
	default:
		c.talks(dice)
	}
}

// talks writes a call that is answered.
func (c *call) talks(dice int) {
	seconds := 5 + c.r.IntN(40)
	c.listener(6.5, "hangOnVoip", "")
	for s := range seconds {
		kept := fmt.Sprintf(`{"keepTime":%d}`, s+1)
		c.caller(8+float64(s), "calling", kept)
		c.listener(8.2+float64(s), "calling", kept)
	}
	end := 8 + float64(seconds)
	over := fmt.Sprintf(`{"keepTime":%d,`, seconds)
	broken := over + `"status":"unknown","error":{"errMsg":"room status is abort"}}`
	switch {
	case dice < 32:
		c.listener(end, "abortVoip", over+`"status":"abortByListener","error":{"errMsg":"in comming call, room id: `+c.media+`","reason":"in comming call","errCode":-2}}`)
		c.caller(end+0.3, "abortVoip", broken)
	case dice < 37:
		c.caller(end, "abortVoip", over+`"status":"abortByCaller","error":{"errMsg":"call interrupted due to native reason, room id: `+c.media+`","errCode":-1000}}`)
		c.listener(end+0.5, "abortVoip", broken)
	case dice < 41:
		c.listener(end, "hangUpVoip", over+`"status":"endByListener","origin":"forceFromApp"}`)
		c.caller(end+0.2, "hangUpVoip", over+`"status":"endByListener","origin":"other"}`)
	case dice < 70:
		c.listener(end, "hangUpVoip", over+`"status":"endByListener","origin":"manual"}`)
		c.caller(end+0.2, "hangUpVoip", over+`"status":"endByListener","origin":"other"}`)
	default:
		c.caller(end, "hangUpVoip", over+`"status":"endByCaller","origin":"manual"}`)
		c.listener(end+0.2, "hangUpVoip", over+`"status":"endByCaller","origin":"other"}`)
	}
	c.caller(end+0.8, "endVoip", over+`"roomType":"video","isCaller":true,"businessType":1}`)
	c.listener(end+0.9, "endVoip", over+`"roomType":"video","isCaller":false,"businessType":1}`)
	c.caller(end+2, "finishVoip", over[:len(over)-1]+"}")
}

// rings writes that the phone shows the call.
func (c *call) rings(after float64) {
	c.phone.add(c.since(after), "MicroMsg.WMPFVoip.WMPFVoipCallInManager",
		"[enterWxaVoipCallingPage] appId=wx1234567890abcdef enterPath=plugin-private://wxf830863afde621eb/pages/call-page-plugin/call-page-plugin?groupId="+
			c.room+"&roomType=video&listenerId="+c.openid+" versionType=0")
}

func (c *call) since(after float64) time.Duration {
	return c.at + time.Duration(after*float64(time.Second)).Round(time.Millisecond)
}

func (c *call) says(after float64, text string) {
	c.device.add(c.since(after), "MicroMsg.AppBrand.Console", text)
}

func (c *call) caller(after float64, event, data string) { c.says(after, c.event(event, data)) }

func (c *call) listener(after float64, event, data string) {
	c.phone.add(c.since(after), "MPConsole", c.event(event, data))
}

func (c *call) event(name, data string) string {
	if data != "" {
		data = `,"data":` + data
	}
	return `[voip-call] onVoipEvent {"eventName":"` + name + `","roomId":"` + c.room + `","groupId":"` + c.room + `"` + data + "}"
}
