package main

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

var zone = time.FixedZone("", 8*60*60)

// A fleet is what flags ask for.
type fleet struct {
	devices, days int
	seed          uint64
	megabytes     int64
	start         time.Time
}

// An upload is a file that arrives in the night behind so many days after the first.
type upload struct {
	name    string
	arrival int
	content func() ([]byte, error)
}

// uploads gives all files in the order of their devices and days, and one that comes again after its first state.
func (f *fleet) uploads(take func(upload) error) error {
	for i := 1; i <= f.devices; i++ {
		for day := range f.days {
			for _, u := range f.ofDay(i, day) {
				if err := take(u); err != nil {
					return fmt.Errorf("%s: %w", u.name, err)
				}
			}
		}
	}
	for _, u := range f.poison() {
		if err := take(u); err != nil {
			return fmt.Errorf("%s: %w", u.name, err)
		}
	}
	return nil
}

// ofDay gives the logs of a device and its phone on one day.
func (f *fleet) ofDay(i, day int) []upload {
	date := f.start.AddDate(0, 0, day).Format("20060102")
	device, phone := f.logs(i, day)
	name := func(folder, prefix string) string { return fmt.Sprintf("%s-%04d/%s_%s.xlog", folder, i, prefix, date) }
	first := upload{name("device", "wmpf"), day + 1, device.container}
	list := []upload{first}
	switch last := day == f.days-1; {
	case i%6 == 1 && day == 0:
		list[0].content = func() ([]byte, error) { return device.damaged(i) }
	case i%6 == 2 && last:
		device.crypt = "other"
	case i%6 == 3 && last: // comes again after it grew
		list[0].content = device.half
		list = append(list, upload{first.name, day + 2, device.container})
	case i%6 == 4 && day == 0: // was pulled twice
		list = append(list, upload{name("again/device", "wmpf"), day + 2, device.container})
	case i%6 == 5 && last: // the app was killed, and what it had not written yet is in its cache
		list[0].content = device.most
		list = append(list, upload{fmt.Sprintf("device-%04d/wmpf.mmap3", i), day + 1, device.cache})
	}
	switch i % 4 {
	case 1: // phones whose logs nobody sends
	case 2:
		list = append(list, upload{name("phone", "MM"), day + 2, phone.container})
	default:
		list = append(list, upload{name("phone", "MM"), day + 1, phone.container})
	}
	return list
}

// poison gives files that are no logs, whatever their names say.
func (f *fleet) poison() []upload {
	made := func(name, text string) upload {
		return upload{"poison/" + name, 1, func() ([]byte, error) { return xlogtest.Build(text) }}
	}
	return []upload{
		made("wmpf_"+f.start.Format("20060102")+".xlog", "garbage hex=ffd8ffe000104a46494600010100000100010000ffdb0043\ngarbage n=5000 seed=1"),
		made("wmpf_noise.xlog", "garbage n=20000 seed=2"),
		made("wmpf_lie.xlog", "block codec=zstd length=2000000000\n\t[I][2026-11-18 +8.0 10:00:00.000][1, 1*][a][:1, ][b"),
	}
}

// random gives numbers that depend on a name and nothing else.
func random(name string) *rand.Rand { return rand.New(rand.NewChaCha8(sha256.Sum256([]byte(name)))) }

// logs gives the logs of a device and of its phone on one day.
func (f *fleet) logs(i, day int) (device, phone *log) {
	r := random(fmt.Sprintf("%d device %d day %d", f.seed, i, day))
	start := f.start.AddDate(0, 0, day)
	wrong := time.Duration(i%3) * time.Second // the phone's clock
	if i%5 == 3 {
		wrong += 70 * time.Second
	}
	device = newLog(start, 4000+i, "zstd")
	phone = newLog(start.Add(wrong), 2000+i, "deflate")
	upgraded := f.days > 1 && day == f.days-1 && i%5 != 0
	version, failing := "1.2.0", 22
	if upgraded {
		version, failing = "2.0.0", 2
	}
	device.add(time.Second, "WMPF.Boot", "WMPF process start, version "+version)
	device.add(2*time.Second, "MicroMsg.AppBrand.Console", "WMPF version: "+version+" wmpf-voip plugin version 2.4."+fmt.Sprint(1+i%3)+" appId wx1234567890abcdef")
	device.add(3*time.Second, "MicroMsg.Device", "[ro.product.model]: ["+[]string{"YX-M1", "YX-M2", "Pad 5C"}[i%3]+"]")
	phone.add(time.Second, "MicroMsg.App", "WeChat version "+[]string{"8.0.54", "8.0.61"}[i%2])
	for n := range 6 + r.IntN(5) {
		at := 8*time.Hour + time.Duration(n)*75*time.Minute + time.Duration(r.IntN(3600_000))*time.Millisecond
		number := (i*1000+day)*100 + n
		c := &call{
			device: device, phone: phone, at: at, r: r,
			room:  fmt.Sprintf("wxf830863afde621ebWmpfVoip%d", 1441133422000000000+number),
			media: fmt.Sprint(6400000000 + number),
			sn:    fmt.Sprintf("SN%010d", i), openid: fmt.Sprintf("oSAMPLE%021d", i),
		}
		c.play(failing)
	}
	lines := 24 * 30 // a line every two minutes shows that a log was recording
	if share := f.megabytes * 1e6 / int64(2*f.devices*f.days); share > 0 {
		lines = max(lines, int(share/bytesOfLine))
	}
	device.idle = lines
	phone.idle = lines
	return device, phone
}
