package adb

import (
	"context"
	"strconv"
	"strings"
)

// Device is a device as adb lists it.
type Device struct {
	Serial string // personal data: for messages that help to choose, and for nothing else
	State  string // "device" if it can be used
	Model  string // empty if adb cannot know it yet

	run Runner
}

// Devices lists what is connected, in adb's order.
func Devices(ctx context.Context, run Runner) ([]Device, error) {
	out, complaint, status, err := run.ask(ctx, "devices", "-l")
	if err != nil {
		return nil, err
	}
	_, list, ok := strings.Cut(out, "List of devices attached")
	if text := out + complaint; status != 0 || !ok {
		if f := failure(text); f != nil {
			return nil, f
		}
		return nil, &Error{"adb cannot list devices: " + lastLine(text), noServer.Next}
	}
	var devices []Device
	for line := range strings.Lines(list) {
		if d, ok := parseDevice(line); ok {
			d.run = run
			devices = append(devices, d)
		}
	}
	return devices, nil
}

// noSerial stands where a device has none, in the only field with blanks besides the state.
const noSerial = "(no serial number)"

// parseDevice reads a line of "adb devices -l": the serial number, blanks, the state, and words such as model:X1. A
// state may be a sentence.
func parseDevice(line string) (d Device, ok bool) {
	line = strings.TrimSpace(line)
	if rest, ok := strings.CutPrefix(line, noSerial); ok {
		d.Serial, line = noSerial, rest
	} else if n := strings.IndexAny(line, " \t"); n > 0 && !strings.HasPrefix(line, "*") {
		d.Serial, line = line[:n], line[n:]
	} else {
		return Device{}, false
	}
	line = strings.TrimSpace(line)
	for word := range strings.FieldsSeq(line) {
		if model, ok := strings.CutPrefix(word, "model:"); ok {
			d.Model = strings.ReplaceAll(model, "_", " ")
		}
	}
	if d.State = line; !strings.HasPrefix(line, "no permissions") {
		d.State, _, _ = strings.Cut(line, " ")
	}
	return d, d.State != ""
}

// Choose gives the device of that serial number, or, without one, the only one that can be used.
func Choose(list []Device, serial string) (*Device, error) {
	if len(list) == 0 {
		return nil, noDevice
	}
	var usable []Device
	for i, d := range list {
		if d.Serial == serial {
			return &list[i], list[i].problem()
		}
		if d.problem() == nil {
			usable = append(usable, d)
		}
	}
	switch {
	case serial != "":
		return nil, &Error{"no connected device has the serial number " + serial, "connected are: " + names(list)}
	case len(usable) == 1:
		return &usable[0], nil
	case len(usable) > 1:
		return nil, &Error{strconv.Itoa(len(usable)) + " devices are connected", "choose one with -s: " + names(usable)}
	case len(list) == 1:
		return nil, list[0].problem()
	}
	return nil, &Error{"none of the connected devices can be used", "choose one with -s to see what it lacks: " + names(list)}
}

// problem tells why the device cannot be used, nil if it can.
func (d *Device) problem() error {
	switch state := d.State; {
	case state == "device":
		return nil
	case state == "unauthorized":
		return unauthorized
	case state == "authorizing", state == "connecting":
		return connecting
	case state == "offline":
		return offline
	case strings.HasPrefix(state, "no permissions"):
		return noPermission
	default:
		return &Error{"the device has not started Android: adb calls its state " + state, "start it, for instance with adb reboot, and try again"}
	}
}

// names tells devices apart for somebody who has to choose.
func names(list []Device) string {
	var texts []string
	for _, d := range list {
		text := d.Serial
		switch {
		case d.problem() != nil:
			state, _, _ := strings.Cut(d.State, " (")
			text += " (" + state + ")"
		case d.Model != "":
			text += " (" + d.Model + ")"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// shell runs a command on the device and gives what it printed, complaints included. An error is adb's own.
func (d *Device) shell(ctx context.Context, command ...string) (string, error) {
	out, complaint, status, err := d.run.ask(ctx, d.args(append([]string{"shell"}, command...)...)...)
	if err == nil && status != 0 {
		if f := failure(complaint); f != nil {
			return "", f
		}
	}
	return out + complaint, err
}

func (d *Device) args(args ...string) []string {
	if d.Serial == noSerial {
		return args
	}
	return append([]string{"-s", d.Serial}, args...)
}
