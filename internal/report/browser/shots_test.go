//go:build browser

package browser_test

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "folder for the screenshots that docs/html.md and docs/fleet-report.md show")

// TestShots takes the screenshots of docs/html.md and docs/fleet-report.md. Whether they look well is for people to say; that there is something on
// them, in few bytes, can be tested.
func TestShots(t *testing.T) {
	dir := *shots
	if dir == "" {
		dir = t.TempDir()
	}
	for _, c := range []struct {
		name, document, page, from string
		before                     []action
	}{
		{"light", "logs/en", "index.html", "header", []action{chromedp.EmulateViewport(1000, 820)}},
		{"dark", "logs/en", "call-4.html", ".ladder", []action{chromedp.EmulateViewport(1000, 860), dark()}},
		{"phone", "logs/en", "call-4.html", "article", []action{phone()}},
		{"paper", "logs/en", "call-4.html", "header", []action{chromedp.EmulateViewport(800, 900), paper("light")}},
		{"fleet", "logs/en", "", "header", []action{chromedp.EmulateViewport(1000, 1000)}},
		{"chinese", "logs/zh", "call-2.html", "header", []action{chromedp.EmulateViewport(1000, 700)}},
	} {
		url := strings.TrimSuffix(folder(t, c.document), "index.html") + c.page
		if c.name == "fleet" {
			url = fleetPage(t, false, "en")
		}
		p := open(t, url, c.before...)
		p.run(chromedp.Evaluate[chromedp.Void](`scrollTo({top: document.querySelector('` + c.from + `').getBoundingClientRect().top - 20, behavior: 'instant'})`))
		shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			t.Fatal(err)
		}
		colours := map[any]bool{}
		for x := range picture.Bounds().Dx() {
			for y := range picture.Bounds().Dy() {
				colours[picture.At(x, y)] = true
			}
		}
		if len(colours) < 50 || len(shot) > 150<<10 {
			t.Errorf("%s has %d colours and %d bytes", c.name, len(colours), len(shot))
		}
		if err := os.WriteFile(filepath.Join(dir, c.name+".png"), shot, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
