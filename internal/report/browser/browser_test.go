//go:build browser

// Package browser_test opens the pages of package report in headless Chromium: what they do there cannot be told from
// their text. It needs chromium in the path, which is why it has a build tag.
package browser_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

var chromium context.Context

func TestMain(m *testing.M) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1200, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	browser, done := chromedp.NewContext(allocator)
	chromium = browser
	status := 1
	if err := chromedp.Do(browser); err != nil {
		os.Stderr.WriteString("start chromium: " + err.Error() + "\n")
	} else {
		status = m.Run()
	}
	done()
	stop()
	os.Exit(status)
}

// action is a step in a page that gives no value.
type action = chromedp.Action[chromedp.Void]

// command is a step that is one command of the protocol.
func command[P any](c cdp.Command[P, cdp.Empty], params P) action {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// tab is one page in the browser. What the page complains of fails the test, and so does any request but for files.
type tab struct {
	*testing.T
	ctx context.Context
}

func open(t *testing.T, url string, before ...action) tab {
	t.Helper()
	p := blank(t)
	p.run(before...)
	p.run(chromedp.Navigate(url))
	return p
}

func blank(t *testing.T) tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(chromium)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	var seen struct {
		sync.Mutex
		complaints []string
	}
	complain := func(s string) {
		seen.Lock()
		defer seen.Unlock()
		seen.complaints = append(seen.complaints, s)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			complain("the page wrote to the console")
		case *runtime.EventExceptionThrown:
			complain("exception: " + ev.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			complain("console: " + ev.Entry.Text)
		case *network.EventRequestWillBeSent:
			if url := ev.Request.URL; !strings.HasPrefix(url, "file://") && !strings.HasPrefix(url, "data:,") {
				complain("request for " + url)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		closeTab()
		seen.Lock()
		defer seen.Unlock()
		for _, s := range seen.complaints {
			t.Error(s)
		}
	})
	p := tab{t, ctx}
	p.run(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), command(runtime.Enable, cdp.Empty{}))
	return p
}

func (p tab) run(actions ...action) {
	p.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// eval gives the value of an expression in the page.
func eval[T any](p tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// want fails the test if an expression has another value.
func want[T comparable](p tab, expression string, value T) {
	p.Helper()
	if got := eval[T](p, expression); got != value {
		p.Errorf("%.200s\nis %v\nwant %v", expression, got, value)
	}
}

// media has a page drawn with a preference of the user.
func media(name, value string) action {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
}

func dark() action { return media("prefers-color-scheme", "dark") }

// phone has a page drawn on the narrowest of phones.
func phone() action {
	return chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile, chromedp.EmulateScale(2))
}

// document reads a document from a golden archive, or makes one of the logs in testdata in the language that a name as
// logs/en gives.
func document(t *testing.T, name string) *report.Report {
	t.Helper()
	if lang, ok := strings.CutPrefix(name, "logs/"); ok {
		home, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		t.Chdir(filepath.Join("..", "..", "..")) // names of files are short then
		defer t.Chdir(home)
		res, err := scan.Run(t.Context(), scan.Options{Paths: []string{"testdata/logs/two-parties"}, Lang: lang, Version: "0.1.0"})
		if err != nil {
			t.Fatal(err)
		}
		return res.Report
	}
	a, err := txtar.ParseFile(filepath.Join("..", "testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(bytes.NewReader(a.Files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// onePage and folder write a document as pages, in its language, and give the address of the first.
func onePage(t *testing.T, name string) string {
	t.Helper()
	return saved(t, document(t, name), false)
}

func folder(t *testing.T, name string) string {
	t.Helper()
	return saved(t, document(t, name), true)
}

func saved(t *testing.T, r *report.Report, inFolder bool) string {
	t.Helper()
	dir := t.TempDir()
	opt := report.TextOptions{Lang: r.Lang}
	for _, f := range report.Formats {
		if f.Name != "html" {
			continue
		}
		files := []report.File{{Name: "index.html"}}
		if inFolder {
			files = f.Files(r, opt)
		}
		for _, file := range files {
			var b bytes.Buffer
			var err error
			if inFolder {
				err = file.Write(&b)
			} else {
				err = f.Render(&b, r, opt)
			}
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, file.Name), b.Bytes(), 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return "file://" + filepath.ToSlash(dir) + "/index.html"
}
