package xlog_test

import (
	"bytes"
	"fmt"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// A log whose second block was cut by the copy.
func Example() {
	log, err := xlogtest.Build(`
block hours=8-9
	[I][2024-06-01 +8.0 08:00:00.123][4711, 4711*][tag][file.cc:12, func][the first line
block hours=9-9
	[I][2024-06-01 +8.0 09:00:00.123][4711, 4711*][tag][file.cc:12, func][the second line
	[I][2024-06-01 +8.0 09:00:01.123][4711, 4711*][tag][file.cc:12, func][the third line
cut 12
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for rec, err := range xlog.NewReader(bytes.NewReader(log), xlog.Options{}).Records() {
		if err != nil {
			fmt.Println("read:", err)
			break
		}
		offset, length := rec.Span()
		switch rec := rec.(type) {
		case *xlog.Block:
			fmt.Printf("%d+%d block %d of hours %d to %d:\n%s", offset, length, rec.Seq, rec.BeginHour, rec.EndHour, rec.Text)
		case *xlog.Locked:
			fmt.Printf("%d+%d locked: %v\n", offset, length, rec.Reason)
		case *xlog.Damage:
			fmt.Printf("%d+%d %v, likely %v:\n%s...\n", offset, length, rec.Kind, rec.Cause, rec.Salvaged)
		}
	}
	// Output:
	// 0+162 block 1 of hours 8 to 9:
	// [I][2024-06-01 +8.0 08:00:00.123][4711, 4711*][tag][file.cc:12, func][the first line
	// 162+169 truncated, likely cut-copy:
	// [I][2024-06-01 +8.0 09:00:00.123][4711, 4711*][tag][file.cc:12, func][the second line
	// [I][2024-06-01 +8.0 09:00:01.123][4711, 4711*][tag][file.cc:12, func][the ...
}
