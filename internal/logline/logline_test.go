package logline

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNames(t *testing.T) {
	for want, got := range map[string]string{
		"xlog":            Mars.String(),
		"logcat":          Logcat.String(),
		"linux-sdk":       LinuxSDK.String(),
		"text":            Plain.String(),
		"in.xlog@4711:12": Pos{Input: "in.xlog", Offset: 4711, Line: 12}.String(),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMarsZone(t *testing.T) {
	const none = time.Duration(-1)
	for text, want := range map[string]time.Duration{
		"+8.0":   8 * time.Hour,
		"+5.5":   5*time.Hour + 30*time.Minute,
		"+5.8":   5*time.Hour + 45*time.Minute, // Kathmandu
		"-2.5":   -2*time.Hour - 30*time.Minute,
		"-3.0":   -3 * time.Hour,
		"+12.8":  12*time.Hour + 45*time.Minute, // Chatham
		"+0.0":   0,
		"+80":    8 * time.Hour,
		"+55":    5*time.Hour + 30*time.Minute,
		"+127":   12*time.Hour + 45*time.Minute,
		"0":      0,
		"+0":     0,
		"+-50":   -5 * time.Hour,
		"-50":    -5 * time.Hour,
		"+-5.":   -5 * time.Hour,
		"+10.":   10 * time.Hour,
		"+8":     8 * time.Hour,
		"+0800":  8 * time.Hour,
		"-0330":  -3*time.Hour - 30*time.Minute,
		"":       none,
		"+":      none,
		"+8.00":  none,
		"+8.x":   none,
		"8x":     none,
		"+99.0":  none,
		"+0870":  none,
		"+12345": none,
	} {
		seconds, ok := marsZone([]byte(text))
		if got := time.Duration(seconds) * time.Second; ok != (want != none) || ok && got != want {
			t.Errorf("marsZone(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
}

func TestReadZone(t *testing.T) {
	for text, want := range map[string]struct{ n, seconds int }{
		"Z x":    {1, 0},
		"+0800":  {5, 28800},
		"+08:00": {6, 28800},
		"+08":    {3, 28800},
		"-0330 ": {5, -12600},
		"+08000": {0, 0},
		"+8":     {0, 0},
		"+99":    {0, 0},
		"":       {0, 0},
	} {
		var r reading
		if n := readZone([]byte(text), &r); n != want.n || r.zone != want.seconds || r.has.Has(HasZone) != (n > 0) {
			t.Errorf("readZone(%q) = %d, %d s, want %d, %d s", text, n, r.zone, want.n, want.seconds)
		}
	}
}

// TestBytes holds what text files of golden tests cannot show.
func TestBytes(t *testing.T) {
	const mars = "[I][2024-06-01 +8.0 08:01:00.012][1, 2*][t][:0, ]["
	tests := []struct {
		name, text string
		want       []string // Text of each record
	}{
		{"CR LF", mars + "a\r\nb\r\n" + mars + "c\r\n", []string{"a\r\nb", "c"}},
		{"lone CR", mars + "a\rb\r", []string{"a\rb\r"}},
		{"no last line end", "x\ny", []string{"x", "y"}},
		{"empty lines", "\n\r\n\n", []string{"", "", ""}},
		{"control bytes, NUL, invalid UTF-8", mars + "\x00\x1b[1m\xff\xed\xa0\xbd\n", []string{"\x00\x1b[1m\xff\xed\xa0\xbd"}},
		{"NUL in the prefix", mars[:40] + "\x00\x00\x00\n", []string{"\x00\x00\x00"}},
		{"a byte order mark is text to a parser", "\xEF\xBB\xBFx\n", []string{"\xEF\xBB\xBFx"}},
		{"long", mars + strings.Repeat("x", 1<<17) + "\n" + mars, []string{strings.Repeat("x", 1<<17), ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for l := range NewParser(Options{}).Lines([]byte(tt.text), Pos{Line: 1}) {
				got = append(got, string(l.Text))
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") || len(got) != len(tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	berlin := time.FixedZone("winter", 3600)
	date := time.Date(2023, 2, 28, 23, 0, 0, 0, berlin)
	var got []string
	p := NewParser(Options{Location: berlin, Date: date, Blocks: true})
	for _, text := range []string{
		"[22:00:00.000][I][WMPF][1:2][a.c:1][f]: x\n",
		"[01:00:00.000][I][WMPF][1:2][a.c:1][f]: x\n",
		"12-31 08:00:00.000  1  2 I t: x\n",
		"01-01 08:00:00.000  1  2 I t: x\n",
		"2024-05-05 08:00:00 x\n",
		"2024-05-05 08:00:00Z x\n",
	} {
		for l := range p.Lines([]byte(text), Pos{Offset: 7, Line: 1}) {
			got = append(got, l.Time.Format(time.RFC3339))
			if l.Offset != 7 || l.Line != 1 {
				t.Errorf("%q is at %v", text, l.Pos)
			}
		}
	}
	want := "2023-02-28T22:00:00+01:00 2023-03-01T01:00:00+01:00 2023-12-31T08:00:00+01:00 " +
		"2024-01-01T08:00:00+01:00 2024-05-05T08:00:00+01:00 2024-05-05T08:00:00Z"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// TestSummerTime holds that a day of 23 hours does not shift what follows.
func TestSummerTime(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		zone = time.FixedZone("CEST", 7200) // a machine without zone data
	}
	for l := range NewParser(Options{Location: zone}).Lines([]byte("2024-03-31 12:00:00 x"), Pos{}) {
		if want := time.Date(2024, 3, 31, 10, 0, 0, 0, time.UTC); !l.Time.Equal(want) {
			t.Errorf("got %v, want %v", l.Time, want)
		}
	}
}

func TestStop(t *testing.T) {
	n := 0
	for range NewParser(Options{}).Lines([]byte("a\nb\n"), Pos{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d lines after a break", n)
	}
}

// sample is a text of all formats, n times over.
func sample(n int) []byte {
	return bytes.Repeat([]byte(""+
		"[I][2024-06-01 +8.0 08:01:00.012][30773, 31044][Retrofit][:0, ][window evict start verify length verify token resume mobile status destroy, id=0x5cfc93db n=38099\n"+
		"[D][2024-06-01 +8.0 08:01:44.790][30773, 30773*][MicroMsg.NetSceneQueue][smart_heartbeat.cc:137, GetNextHeartbeatInterval][alarm draw sleep heap\n\tmore of it\n"+
		"~~~~~ begin of mmap ~~~~~\n"+
		"11-18 09:01:14.296  8207  8213 D MicroMsg.AppBrand.Page: setData page=pages/index/index bytes=12441\n"+
		"[17:01:38.813][E][WMPF][3539:3566][components/voip/standalone/wmpf.cc:721][wx_voip_session_new]: Only one wx_voip_session can exist simutanously.\n"+
		"session new fail\n"), n)
}

func TestLinesDoNotAllocate(t *testing.T) {
	p, text := NewParser(Options{}), sample(100)
	allocs := testing.AllocsPerRun(10, func() {
		for range p.Lines(text, Pos{}) {
			continue
		}
	})
	if allocs > 5 {
		t.Errorf("%v allocations for 600 lines", allocs)
	}
}

func BenchmarkLines(b *testing.B) {
	mixed := sample(1000)
	mars := mixed[:bytes.IndexByte(mixed, '\n')+1]
	for name, text := range map[string][]byte{"mixed": mixed, "mars": bytes.Repeat(mars, 5000)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			p := NewParser(Options{})
			for b.Loop() {
				for range p.Lines(text, Pos{}) {
					continue
				}
			}
		})
	}
}

// TestTakenDates holds which lines without a date have that of a line before them.
func TestTakenDates(t *testing.T) {
	for text, want := range map[string]string{
		"2024-02-28 23:59:59 x\n23:59:59.500 x\n00:00:01.000 x\n":      "02-28T23:59:59 02-28T23:59:59 02-29T00:00:01",
		"2024-02-28 23:59:59 x\n00:00:01.000 x\n23:59:59.900 x\n":      "02-28T23:59:59 02-29T00:00:01 02-28T23:59:59",
		"2024-02-29 00:00:01 x\n23:59:59.900 x\n00:00:02.000 x\n":      "02-29T00:00:01 02-28T23:59:59 02-29T00:00:02",
		"17:00:00.000 x\n2020-01-01 00:00:00 config\n17:00:01.000 x\n": "01-01T17:00:00 01-01T00:00:00 01-01T17:00:01",
	} {
		var got []string
		for l := range NewParser(Options{}).Lines([]byte(text), Pos{}) {
			got = append(got, l.Time.Format("01-02T15:04:05"))
			if strings.HasPrefix(text, "17") == l.Stamp.Has(HasYear) && l.Line != 2 {
				t.Errorf("%q has %s", l.Raw, l.Stamp.Parts())
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q is of %s, want %s", text, s, want)
		}
	}
	var years []int
	for l := range NewParser(Options{}).Lines([]byte("2024-12-31 23:59:59.000 1-2/p I/t: x\n01-01 00:00:00.000  1  2 I t: x\n12-31 23:59:59.000  1  2 I t: x\n2023-05-05 08:00:00 x\n01-02 00:00:00.000  1  2 I t: x\n"), Pos{}) {
		years = append(years, l.Time.Year())
	}
	if !slices.Equal(years, []int{2024, 2025, 2024, 2023, 2025}) {
		t.Errorf("years %v", years)
	}
}
