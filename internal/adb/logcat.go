package adb

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
)

// The ways to ask for the buffers in which WMPF, the system's part in a call and the deaths of processes show; the
// radio's is left out, for it holds phone numbers. Years and zones are since Android 6, the crash buffer since 5.
var logcats = [][]string{
	{"-b", "main", "-b", "system", "-b", "crash", "-b", "events", "-v", "threadtime", "-v", "year", "-v", "zone"},
	{"-b", "main", "-b", "system", "-b", "events", "-v", "threadtime"},
}

// Logcat writes the device's logcat buffers to f, with years and zones where the device can. It uses the shell, because
// "adb logcat" waits for ever for a device that went away.
func (d *Device) Logcat(ctx context.Context, f *os.File) error {
	said := ""
	for _, how := range logcats {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := f.Truncate(0); err != nil {
			return err
		}
		var complaint answer
		// The file is hidden from os/exec, so that an error of writing is seen here.
		status, err := d.run(ctx, struct{ io.Writer }{f}, &complaint, d.args(append([]string{"shell", "logcat", "-d"}, how...)...)...)
		if err != nil {
			return err
		}
		head, err := headOf(f)
		if err != nil {
			return err
		}
		said = complaint.String()
		if status != 0 {
			if e := failure(said); e != nil {
				return e
			}
		}
		if isLogcat(head) {
			return nil
		}
		said += head
	}
	return &Error{"the device gives no logcat: " + lastLine(said), "scan without it"}
}

// headOf gives the beginning of a file.
func headOf(f *os.File) (string, error) {
	head := make([]byte, 512)
	n, err := f.ReadAt(head, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return string(head[:n]), err
}

// isLogcat tells the beginning of a log, a time or a separator, from that of a complaint about an option, which shells
// before Android 7 print in its place.
func isLogcat(head string) bool {
	head = strings.TrimSpace(head)
	return head != "" && (head[0] == '-' || '0' <= head[0] && head[0] <= '9')
}
