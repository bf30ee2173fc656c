package cells

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"plain 中文 é ✗", "plain 中文 é ✗"},
		{"a\tb\r\nc", `a\tb\r\nc`},
		{"\x00\x1b[2J\x7f", `\x00\x1b[2J\x7f`},
		{"\u0085\u009b31m", `\x85\x9b31m`},
		{"\u202eexe\u2066\u200b\ufeff", `\u202eexe\u2066\u200b\ufeff`},
		{"\u2028\u2029", `\u2028\u2029`},
		{"\U000e0041", `\U000e0041`},
		{"❤\ufe0f", `❤\ufe0f`},
		{"\xff\xfea\xe4\xb8", `\xff\xfea\xe4\xb8`},
		{"\ufffd", "\ufffd"},
		{`back\slash`, `back\slash`},
	} {
		if got := Visible(c.in); got != c.want {
			t.Errorf("Visible(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		head  string
		tail  string
	}{
		{"abcdef", 6, "abcdef", "abcdef"},
		{"abcdef", 5, "abcd…", "…cdef"},
		{"中文字", 6, "中文字", "中文字"},
		{"中文字", 5, "中文…", "…文字"},
		{"中文字", 4, "中…", "…字"},
		{"中文字", 0, "", "…"},
		{"a b", 2, "a…", "…b"},
	} {
		if got := Clip(c.in, c.width, "…"); got != c.head {
			t.Errorf("Clip(%q, %d) = %q, want %q", c.in, c.width, got, c.head)
		}
		if got := ClipHead(c.in, c.width, "…"); got != c.tail {
			t.Errorf("ClipHead(%q, %d) = %q, want %q", c.in, c.width, got, c.tail)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 8, []string{"one two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"took 1.92 s", 9, []string{"took", "1.92 s"}},
		{"ahead by 1.92 s ± 0.11 s", 22, []string{"ahead by 1.92 s", "± 0.11 s"}},
		{"中文很长的一行", 6, []string{"中文很", "长的一", "行"}},
		{"中文很，长", 6, []string{"中文", "很，长"}},
		{"中文很。）长", 6, []string{"中文", "很。）", "长"}},
		{"中文（很长）", 6, []string{"中文", "（很", "长）"}},
		{"中“《很长》”", 6, []string{"中", "“《很", "长》”"}},
		{"共 3 次（见 上）", 10, []string{"共 3 次", "（见 上）"}},
		{"中文字；5 次", 9, []string{"中文字；", "5 次"}},
		{"，，，，", 4, []string{"，，", "，，"}},
		{"abcde (fgh)", 7, []string{"abcde", "(fgh)"}},
		{"中文e\u0301\u0301", 5, []string{"中文e\u0301\u0301"}},
		{"中", 1, []string{"中"}},
		{"  a\nb ", 10, []string{`a\nb`}},
	} {
		if diff := cmp.Diff(c.want, Wrap(c.in, c.width)); diff != "" {
			t.Errorf("Wrap(%q, %d) (-want +got):\n%s", c.in, c.width, diff)
		}
	}
}

// TestWrapPunctuation holds that no line begins with closing punctuation or ends with an opening bracket, that none is too
// wide, and that nothing but spaces is lost.
func TestWrapPunctuation(t *testing.T) {
	word := rapid.SampledFrom([]string{"中", "文字", "（中）", "「中文」，", "“字”。", "《（文）》", "word ", "3 次", " (see) ", "a, "})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 1, 40).Draw(t, "words"), "")
		width := rapid.IntRange(12, 40).Draw(t, "width")
		lines := Wrap(text, width)
		for i, l := range lines {
			if Width(l) > width {
				t.Fatalf("%d cells of %d: %q", Width(l), width, l)
			}
			first, last := []rune(l)[0], []rune(l)[len([]rune(l))-1]
			if i > 0 && strings.ContainsRune("，。）」”》),", first) || i < len(lines)-1 && strings.ContainsRune("（「“《(", last) {
				t.Fatalf("line %d of %q", i, lines)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}
