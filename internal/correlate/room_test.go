package correlate_test

import (
	"errors"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

func TestInRoom(t *testing.T) {
	call := func(room, media string) *correlate.Call {
		id := room
		if id == "" {
			id = "phone.log@0:7"
		}
		return &correlate.Call{ID: id, RoomID: room, MediaRoomID: media}
	}
	calls := []*correlate.Call{call("wxaWmpfVoip1000451", "777"), call("wxaWmpfVoip2000451", ""), call("wxaWmpfVoip2000532", ""), call("", "")}
	for _, tt := range []struct {
		room string
		want int // index of the call; -1 for an error
		says string
	}{
		{"wxaWmpfVoip1000451", 0, ""},
		{"777", 0, ""},
		{"2000451", 1, ""},
		{"…2000451", 1, ""},
		{"...2000532", 2, ""},
		{"phone.log@0:7", 3, ""},
		{"@0:7", 3, ""},
		{"532", -1, "no call has the room 532: the nearest of 4 is wxaWmpfVoip2000532"},
		{"0451", -1, "2 calls end in 0451, among them wxaWmpfVoip1000451 and wxaWmpfVoip2000451: give more of the id"},
		{"wxaWmpfVoip9000532", -1, "no call has the room wxaWmpfVoip9000532: the nearest of 4 is wxaWmpfVoip2000532"},
		{"…", -1, "no call has the room …: the nearest of 4 is wxaWmpfVoip1000451"},
	} {
		got, err := correlate.InRoom(calls, tt.room)
		if tt.want < 0 {
			if none, ok := errors.AsType[*correlate.NoRoom](err); !ok || none.Error() != tt.says || got != nil {
				t.Errorf("%s: %v, %v", tt.room, got, err)
			}
		} else if err != nil || len(got) != 1 || got[0] != calls[tt.want] {
			t.Errorf("%s: %v, %v", tt.room, got, err)
		}
	}
	if _, err := correlate.InRoom(nil, "x"); err == nil || err.Error() != "no call has the room x: there is no call in the logs" {
		t.Error(err)
	}
	if _, err := correlate.InRoom(calls[:1], "x"); err == nil || err.Error() != "no call has the room x: the only one is wxaWmpfVoip1000451" {
		t.Error(err)
	}
	if got, err := correlate.InRoom([]*correlate.Call{calls[0], calls[0]}, "wxaWmpfVoip1000451"); err != nil || len(got) != 2 {
		t.Errorf("two calls of one room: %v, %v", got, err)
	}
}
