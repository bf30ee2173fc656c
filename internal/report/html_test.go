package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/report"
)

// pages renders r as a folder.
func pages(t fataler, r *report.Report, opt report.TextOptions) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, f := range htmlFormat(t).Files(r, opt) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[f.Name] = b.String()
	}
	return files
}

func htmlFormat(t fataler) report.Format {
	t.Helper()
	for _, f := range report.Formats {
		if f.Name == "html" {
			return f
		}
	}
	t.Fatal("no format html")
	return report.Format{}
}

// TestPages compares the bodies of pages with goldens, and holds every page of every document to the laws of checkPage.
func TestPages(t *testing.T) {
	golden := map[string]report.TextOptions{"two-party": {}, "losses": {Lang: "zh"}, "incoming-call": {}}
	all := archives(t)
	ladders, err := filepath.Glob("testdata/ladder/*.txtar")
	if err != nil || len(ladders) == 0 {
		t.Fatalf("no ladders: %v", err)
	}
	for _, name := range ladders {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txtar")] = a
	}
	for name, a := range all {
		r := read(t, a)
		for _, lang := range []string{"en", "zh"} {
			page := string(render(t, r, "html", report.TextOptions{Lang: lang}))
			checkPage(t, name, page)
			for file, text := range pages(t, r, report.TextOptions{Lang: lang}) {
				checkPage(t, name+"/"+file, text)
			}
			opt, ok := golden[name]
			if !ok || lang != max(opt.Lang, "en") {
				continue
			}
			_, body, _ := strings.Cut(page, "<body>\n")
			body, _, _ = strings.Cut(body, "<script>")
			file := filepath.Join("testdata", "html", name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(body), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if want, err := os.ReadFile(file); err != nil {
				t.Error(err)
			} else if diff := cmp.Diff(string(want), body); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	}
}

var (
	tagPattern       = regexp.MustCompile(`<(/?)([a-zA-Z0-9]*)([^>]*)>`)
	attributePattern = regexp.MustCompile(`\s([a-zA-Z0-9-]+)(?:="([^"]*)"|=(\S+)|)`)
	pageTags         = strings.Fields(`html head meta title link style body script a header h1 h2 h3 h4 p main section ul ol li form label
		select option input button output div table thead tbody tr th td span nav article svg rect line path circle text
		details summary dl dt dd pre code strong fieldset legend tspan`)
	pageAttributes = strings.Fields(`lang charset http-equiv content name rel href class id aria-labelledby aria-label aria-live
		aria-hidden hidden role value type autocomplete data-format data-f tabindex scope title viewBox
		preserveAspectRatio x y width height rx x1 y1 x2 y2 d cx cy r checked data-both data-en-text data-zh-text
		data-en-aria-label data-zh-aria-label data-en-data-format data-zh-data-format`)
)

// checkPage holds a page to what keeps text from a log from being markup: it has no tag or attribute but those of the
// templates, and one style and one script, which its policy allows by their hashes. No link leads out of the report but
// those that a rule gives, and one into the page has its target.
func checkPage(t fataler, name, page string) {
	t.Helper()
	ids := map[string]bool{}
	var links []string
	for _, part := range []string{"style", "script"} {
		before, rest, _ := strings.Cut(page, "<"+part+">")
		text, after, ok := strings.Cut(rest, "</"+part+">")
		sum := sha256.Sum256([]byte(text))
		if !ok || !strings.Contains(html.UnescapeString(before), part+"-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Fatalf("%s: the policy does not have the hash of the %s", name, part)
		}
		page = before + after
	}
	if n := strings.Count(page, "<"); n != len(tagPattern.FindAllString(page, -1)) {
		t.Fatalf("%s: %d of < are no tag", name, n)
	}
	for _, tag := range tagPattern.FindAllStringSubmatch(page, -1) {
		if tag[0] == "<!DOCTYPE html>" {
			continue
		}
		if !slices.Contains(pageTags, tag[2]) || tag[2] == "style" || tag[2] == "script" {
			t.Fatalf("%s has the tag %q", name, tag[0])
		}
		for _, attribute := range attributePattern.FindAllStringSubmatch(tag[3], -1) {
			if !slices.Contains(pageAttributes, attribute[1]) {
				t.Fatalf("%s has the attribute %q in %q", name, attribute[1], tag[0])
			}
			value := html.UnescapeString(attribute[2] + attribute[3])
			switch attribute[1] {
			case "id":
				if ids[value] {
					t.Fatalf("%s has the id %q twice", name, value)
				}
				ids[value] = true
			case "href":
				links = append(links, value)
				if strings.HasPrefix(value, "https://") && !strings.Contains(tag[0], `rel="noopener noreferrer"`) {
					t.Fatalf("%s: %q tells where it comes from", name, tag[0])
				}
			}
		}
	}
	for _, link := range links {
		target, inside := strings.CutPrefix(link, "#")
		switch {
		case inside && !ids[target]:
			t.Fatalf("%s: %s leads nowhere", name, link)
		case inside, strings.HasPrefix(link, "https://"), link == "data:,", link == "index.html", regexp.MustCompile(`^call-\d+\.html$`).MatchString(link):
		default:
			t.Fatalf("%s: there is a link to %q", name, link)
		}
	}
}

// TestEvidenceIsLinked finds each log line of each finding behind a link.
func TestEvidenceIsLinked(t *testing.T) {
	r := read(t, archives(t)["two-party"])
	files := pages(t, r, report.TextOptions{})
	links := regexp.MustCompile(`<a class="mono" href="#([^"]+)">`)
	n := 0
	for i := range r.Calls {
		page := files[fmt.Sprintf("call-%d.html", i+1)]
		var lines []string
		for _, link := range links.FindAllStringSubmatch(page, -1) {
			_, item, _ := strings.Cut(page, `<li id="`+link[1]+`">`)
			item, _, _ = strings.Cut(item, "</li>")
			lines = append(lines, html.UnescapeString(item))
		}
		for _, f := range r.Calls[i].Findings {
			for _, e := range f.Evidence {
				n++
				if !slices.ContainsFunc(lines, func(line string) bool {
					return strings.Contains(line, fmt.Sprintf("%s@%d:%d", e.Input, e.Offset, e.Line)) && strings.Contains(line, e.Text)
				}) {
					t.Errorf("%s of call %d: no link to %s@%d:%d", f.Signature, i+1, e.Input, e.Offset, e.Line)
				}
			}
		}
	}
	if n == 0 {
		t.Error("there is no evidence to look for")
	}
}

// TestPageSize feeds a call of a thousand lines of 64 KB, each of its bytes one that takes more on a page.
func TestPageSize(t *testing.T) {
	for _, s := range []string{"\"", "\x1b", "中"} {
		r := poisoned(strings.Repeat(s, 65536/len(s)))
		c := &r.Calls[0]
		for i := range 1000 {
			e := c.Timeline[0]
			e.Role, e.Line, e.Event, e.Input = "caller", i, fmt.Sprint(e.Event[:99], i), "caller.log"
			c.Timeline = append(c.Timeline, e)
		}
		page := pages(t, r, report.TextOptions{})["call-1.html"]
		checkPage(t, "call-1.html", page)
		if len(page) > 2<<20 {
			t.Errorf("%q: %d bytes", s, len(page))
		}
	}
}

// TestManyCalls writes an index of 10,000 calls of thousands of devices, and pages, each without what was before in memory.
func TestManyCalls(t *testing.T) {
	r := manyCalls(10_000)
	files := htmlFormat(t).Files(r, report.TextOptions{})
	if len(files) != 10_001 {
		t.Fatalf("%d files", len(files))
	}
	var index bytes.Buffer
	if err := files[0].Write(&index); err != nil {
		t.Fatal(err)
	}
	checkPage(t, "index.html", index.String())
	if n := index.Len(); n > 3<<20 {
		t.Errorf("the index has %d bytes", n)
	}
	if n := strings.Count(index.String(), `<a href="call-`); n < 10_000 {
		t.Errorf("%d links to calls", n)
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	var written int
	for _, f := range files[1:501] {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		written += b.Len()
	}
	if after := heap(); after > before+uint64(written)/4 {
		t.Errorf("%d bytes of pages leave %d bytes in memory", written, after-before)
	}
	runtime.KeepAlive(files)
	one := string(render(t, r, "html", report.TextOptions{}))
	if n := strings.Count(one, `<article`); n != 100 {
		t.Errorf("one page has sections of %d calls", n)
	}
	if n := strings.Count(one, `<article class="call" id="call-1">`) + strings.Count(one, `<article class="call" id="call-10">`); n != 1 {
		t.Error("calls that failed do not come first")
	}
}

// manyCalls is a document of n calls, of which nine in ten fail.
func manyCalls(n int) *report.Report {
	kind, device := "xlog", "device"
	r := &report.Report{Schema: report.Schema, Status: report.Complete, Lang: "en", Summary: report.Summary{Calls: n, OK: n / 10, Failed: n - n/10}}
	for i := range n / 5 {
		r.Inputs = append(r.Inputs, report.Input{Name: fmt.Sprintf("fleet/sn%06d/xlog/wmpf_20261120.xlog", i), Kind: &kind, Side: &device})
	}
	for i := range n {
		input := r.Inputs[i%len(r.Inputs)].Name
		id := fmt.Sprintf("wxf830863afde621ebWmpfVoip1441133422%09d", i*7919)
		c := report.Call{
			ID: id, RoomID: &id, Stage: "call", Outcome: "completed", Basis: "one-sided",
			Parties:  []report.Party{{Role: "caller", Side: &device, Inputs: []string{input}, Coverage: "full"}, {Role: "listener", Coverage: "none"}},
			Timeline: []report.TimelineEntry{{Role: "caller", Event: "callRequest", Count: 1, Input: input, Line: i, Text: strings.Repeat("request ", 20)}},
		}
		if i%10 != 9 {
			c.Stage, c.Outcome = "join", "join-failed"
			c.Findings = []report.Finding{{
				Signature: "join-already-in-room", Severity: "critical", Certainty: "confirmed", Stage: "join",
				Title:    strings.Repeat("拨打方客户端仍在上一个房间", 4),
				Evidence: []report.Evidence{{Input: input, Line: i, Text: "joinFailCaller"}},
			}, {Signature: fmt.Sprintf("second-signature-%d", i%80), Severity: "warning", Certainty: "confirmed"}}
		}
		r.Calls = append(r.Calls, c)
	}
	return r
}
