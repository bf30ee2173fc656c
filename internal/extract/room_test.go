package extract_test

import (
	"testing"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// A field for a room has a room, however its id is built; the group of a device is none.
func TestRoom(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`onVoipEvent {"eventName":"endVoip","roomId":"wxabcWmpfVoip99"}`, "wxabcWmpfVoip99"},
		{`onVoipEvent {"eventName":"endVoip","groupId":"wxabcWmpfVoip99","data":{}}`, "wxabcWmpfVoip99"},
		{`onVoipEvent { eventName: 'endVoip', roomId: 'room-2026-0001' }`, "room-2026-0001"},
		{`onVoipEvent endVoip {"groupId":"wxabcWmpfVoip99"}`, "wxabcWmpfVoip99"},
		{`onVoipEvent endVoip roomId: wxabcWmpfVoip99`, "wxabcWmpfVoip99"},
		{`{"args":"{\"eventName\":\"endVoip\",\"roomId\":\"wxabcWmpfVoip99\"}"}`, "wxabcWmpfVoip99"},
		{`onVoipEvent endVoip {"roomId":1000000000000000001}`, "1000000000000000001"},
		{`initByCaller result {"isSuccess":true,"roomId":"wxabcWmpfVoip99"}`, "wxabcWmpfVoip99"},
		{`initByCaller isSuccess: true, groupId=wxabcWmpfVoip99`, "wxabcWmpfVoip99"},
		{`onPushMsg path=call-page-plugin?roomType=video&groupId=wxabcWmpfVoip99&listenerId=SN1`, "wxabcWmpfVoip99"},
		{`onVoipEvent {"eventName":"endVoip","roomId":"` + room + `","groupId":"other-id-1"}`, room},
		{`onVoipEvent {"eventName":"endVoip","groupId":"g_AAAAAAAAAAAAAAAAAAAA00"}`, ""},
		{`onVoipEvent endVoip groupId: g_AAAAAAAAAAAAAAAAAAAA00`, ""},
		{`onVoipEvent {"eventName":"endVoip","roomId":"undefined"}`, ""},
		{`onVoipEvent {"eventName":"endVoip","roomId":"6404684617"}`, ""}, // that of a media room
		{`onVoipEvent {"eventName":"endVoip","groupId":"12345678@chatroom"}`, ""},
		{`onVoipEvent endVoip roomId: room-0001-a groupId: room-0002-b`, ""},
		{`onVoipEvent {"eventName":"endVoip","roomName":"wxabcWmpfVoip99"}`, ""},
	} {
		log := read(t, line(tt.text))
		if len(log.Events) != 1 || log.Events[0].RoomID != tt.want {
			t.Errorf("%s: %v, want the room %q", tt.text, facts(log), tt.want)
		}
	}
	const timeout = `onVoipEvent timeout {"roomId":"wxabcWmpfVoip99"}`
	if log := read(t, line(timeout)); len(log.Events) != 1 || log.Events[0].Name != extract.Timeout {
		t.Errorf("%s: %v", timeout, facts(log))
	}
	const group = `updateIotGroup {"groupId":"group-0001-a","errcode":9800013}`
	if log := read(t, line(group)); len(log.Events) != 1 || log.Events[0].RoomID != "" {
		t.Errorf("%s: %v", group, facts(log))
	}
}
