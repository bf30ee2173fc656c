package source

import "testing"

// Paths of Windows are strings like others, so that these tests say the same on every system.
func TestSplitPattern(t *testing.T) {
	for _, tt := range []struct{ volume, rest, base, below string }{
		{"", "logs/*.xlog", "logs", "*.xlog"},
		{"", "/*.xlog", "/", "*.xlog"},
		{"", "*.xlog", ".", "*.xlog"},
		{"C:", "/logs/**/*.xlog", "C:/logs", "**/*.xlog"},
		{"C:", "/*.xlog", "C:/", "*.xlog"},
		{"C:", "*.xlog", "C:.", "*.xlog"},
		{"C:", "logs/*.xlog", "C:logs", "*.xlog"},
		{"//server/share", "/d[12]/*.xlog", "//server/share/", "d[12]/*.xlog"},
		{"//server/share", "/logs/*.xlog", "//server/share/logs", "*.xlog"},
		{"//?/C:", "/logs/a?.xlog", "//?/C:/logs", "a?.xlog"},
		{"//?/UNC/server/share", "/logs/{a,b}/*", "//?/UNC/server/share/logs", "{a,b}/*"},
	} {
		base, below := splitPattern(tt.volume+tt.rest, len(tt.volume))
		if base != tt.base || below != tt.below {
			t.Errorf("%s%s starts from %q with %q, want %q with %q", tt.volume, tt.rest, base, below, tt.base, tt.below)
		}
	}
}

func TestJoined(t *testing.T) {
	for _, tt := range []struct{ base, match, want string }{
		{".", "a/b.xlog", "a/b.xlog"},
		{".", ".", "."},
		{"/", "a", "/a"},
		{"logs", ".", "logs"},
		{"C:/", "a.xlog", "C:/a.xlog"},
		{"C:/logs", "d/a.xlog", "C:/logs/d/a.xlog"},
		{"//server/share", "a.xlog", "//server/share/a.xlog"},
		{"//?/C:/logs", "a.xlog", "//?/C:/logs/a.xlog"},
	} {
		if got := joined(tt.base, tt.match); got != tt.want {
			t.Errorf("%s and %s are %s, want %s", tt.base, tt.match, got, tt.want)
		}
	}
}
