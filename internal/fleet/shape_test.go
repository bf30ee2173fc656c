package fleet

import "testing"

func TestShapes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		is      func(string) bool
		yes, no []string
	}{
		{
			"version", isVersion,
			[]string{"2.0", "1.2.0", "8.0.49", "8.0.49.2600", "0xd5000123"},
			[]string{"", "2", "13912345678", "192.168.1.23", "10.0.0.7", "2.0-beta", "2026.11.20.1", "1.2.0 ", "0xd500012"},
		},
		{
			"model", isModel,
			[]string{"RV1126", "SM-X200", "K3 Doorbell", "Redmi Note 11 (5G)"},
			[]string{"", "Zhang Wei", "zw9@example.com", "13912345678", "139 1234 5678", "139-1234-5678", "SN20231105A0012", "192.168.1.23", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "张伟1", "<b>1</b>", "-X1", "1\n2"},
		},
		{
			"signature", isSignature,
			[]string{"join-already-in-room", "wmpf2", "my-rule-7"},
			[]string{"", "Zhang", "zhang wei", "13912345678", "x-13912345678", "a--b", "a_b", "zw@example.com"},
		},
		{
			"room", isRoom,
			[]string{"wxf830863afde621ebWmpfVoip531335703032825266", "1000000000000000001", "room_2026_11_20_a"},
			[]string{"", "13912345678", "zhangweis_family_room", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "110101199003071233", "11010119900307123X", "a room of 20261120", "zw123456@example.com"},
		},
	} {
		for _, s := range tt.yes {
			if !tt.is(s) {
				t.Errorf("%q is no %s", s, tt.name)
			}
		}
		for _, s := range tt.no {
			if tt.is(s) {
				t.Errorf("%q is a %s", s, tt.name)
			}
		}
	}
}
