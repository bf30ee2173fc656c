package signature_test

import (
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// The remedy of a finding is for the versions of the side that the cause lies on.
func TestRemedy(t *testing.T) {
	const list = `
    - {en: Restart., zh: 重启。}
    - {applies_to: {wmpf: "<2.0"}, en: Upgrade., zh: 升级。}
    - {applies_to: {wmpf: ">=2.0"}, en: Report., zh: 反馈。}`
	rule := func(blame string) string {
		return strings.Replace(ruleText("r", "  blame: "+blame, named(), "  match: a"), " {en: r, zh: r}", list, 1)
	}
	tests := []struct {
		name, blame      string
		caller, listener string // WMPF versions
		en, zh           string
	}{
		{"old", "caller", "1.2.0", "", "Restart. Upgrade.", "重启。升级。"},
		{"new", "caller", "2.1.0", "", "Restart. Report.", "重启。反馈。"},
		{"the bound itself", "caller", "2.0", "", "Restart. Report.", "重启。反馈。"},
		{"not seen", "caller", "", "", "Restart. If WMPF is below 2.0: Upgrade. If WMPF is 2.0 or later: Report.", "重启。若 WMPF 低于 2.0：升级。若 WMPF 不低于 2.0：反馈。"},
		{"of the other side", "listener", "1.2.0", "2.1.0", "Restart. Report.", "重启。反馈。"},
		{"not seen on that side", "listener", "1.2.0", "", "Restart. If WMPF is below 2.0: Upgrade. If WMPF is 2.0 or later: Report.", "重启。若 WMPF 低于 2.0：升级。若 WMPF 不低于 2.0：反馈。"},
		{"of no side", `""`, "1.2.0", "", "Restart. Upgrade.", "重启。升级。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			call := both(t, "a@1", "b@2")
			call.Caller.Versions = extract.Versions{WMPF: tt.caller}
			call.Listener.Versions = extract.Versions{WMPF: tt.listener}
			c := load(t, rule(tt.blame))
			got := c.Judge([]*correlate.Call{call}, nil).Calls[0].Findings[0].Remedy
			if got.En != tt.en || got.Zh != tt.zh {
				t.Errorf("got %q, %q", got.En, got.Zh)
			}
			if all := c.Find("r").Remedy.Text(); !strings.Contains(all.En, "Upgrade.") || !strings.Contains(all.En, "If WMPF is 2.0 or later: Report.") {
				t.Errorf("the rule says %q", all.En)
			}
		})
	}
}

// Bounds on two versions must both hold, and the words name both.
func TestRemedyOfTwoVersions(t *testing.T) {
	text := strings.Replace(ruleText("r", named(), "  match: a"), " {en: r, zh: r}", `
    - {en: A., zh: 一。}
    - {applies_to: {plugin: ">=2.3 <2.4", wmpf: "<=2.1"}, en: B., zh: 二。}`, 1)
	for _, tt := range []struct {
		seen extract.Versions
		want string
	}{
		{extract.Versions{Plugin: "2.3.8", WMPF: "2.1"}, "A. B."},
		{extract.Versions{Plugin: "2.4.0", WMPF: "2.1"}, "A."},
		{extract.Versions{Plugin: "2.4.0"}, "A."},
		{extract.Versions{Plugin: "2.3.8"}, "A. If the plugin is 2.3 or later and below 2.4 and WMPF is 2.1 or below: B."},
	} {
		call := caller(t, "a@1")
		call.Caller.Versions = tt.seen
		if got := load(t, text).Judge([]*correlate.Call{call}, nil).Calls[0].Findings[0].Remedy.En; got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.seen, got, tt.want)
		}
	}
}
