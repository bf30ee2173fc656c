package fleet

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestNewcombe has the examples of table II of the paper, which gives method 10 to 4 decimals.
func TestNewcombe(t *testing.T) {
	for _, tt := range []struct {
		n1, of1, n2, of2 int
		want             string
	}{
		{56, 70, 48, 80, "0.0524 0.3339"},
		{9, 10, 3, 10, "0.1705 0.8090"},
		{6, 7, 2, 7, "0.0582 0.8062"},
		{5, 56, 0, 29, "-0.0381 0.1926"},
		{0, 10, 0, 20, "-0.1611 0.2775"},
		{0, 10, 0, 10, "-0.2775 0.2775"},
		{10, 10, 0, 20, "0.6791 1.0000"},
		{10, 10, 0, 10, "0.6075 1.0000"},
	} {
		_, low, high := newcombe(tt.n2, tt.of2, tt.n1, tt.of1)
		if got := fmt.Sprintf("%.4f %.4f", low, high); got != tt.want {
			t.Errorf("%d/%d - %d/%d: %s, want %s", tt.n1, tt.of1, tt.n2, tt.of2, got, tt.want)
		}
	}
}

// TestWilson has figures of the same paper's companion for one share, and the ends.
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		n, of int
		want  string
	}{
		{81, 263, "0.2553 0.3662"},
		{15, 148, "0.0624 0.1605"},
		{0, 20, "0.0000 0.1611"},
		{1, 29, "0.0061 0.1718"},
		{20, 20, "0.8389 1.0000"},
	} {
		low, high := wilson(tt.n, tt.of)
		if got := fmt.Sprintf("%.4f %.4f", low, high); got != tt.want {
			t.Errorf("%d/%d: %s, want %s", tt.n, tt.of, got, tt.want)
		}
	}
}

// TestIntervalLaw holds what is true of all shares: the interval has the share in it and lies between 0 and 1, that of the
// complement mirrors it, and the difference the other way around mirrors that.
func TestIntervalLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (n, of int) {
			of = rapid.IntRange(1, 100_000).Draw(t, name)
			return rapid.IntRange(0, of).Draw(t, name+" counted"), of
		}
		nA, ofA := draw("a")
		nB, ofB := draw("b")
		const slack = 1e-9
		low, high := wilson(nA, ofA)
		p := float64(nA) / float64(ofA)
		if low < 0 || low > p+slack || high < p-slack || high > 1 {
			t.Fatalf("%d/%d in %v to %v", nA, ofA, low, high)
		}
		if l, h := wilson(ofA-nA, ofA); math.Abs(1-h-low) > slack || math.Abs(1-l-high) > slack {
			t.Fatalf("the complement of %v to %v is %v to %v", low, high, l, h)
		}
		d, dLow, dHigh := newcombe(nA, ofA, nB, ofB)
		if dLow > d+slack || dHigh < d-slack || dLow < -1-slack || dHigh > 1+slack {
			t.Fatalf("%v in %v to %v", d, dLow, dHigh)
		}
		back, backLow, backHigh := newcombe(nB, ofB, nA, ofA)
		if math.Abs(back+d) > slack || math.Abs(backLow+dHigh) > slack || math.Abs(backHigh+dLow) > slack {
			t.Fatalf("%v to %v the one way, %v to %v the other", dLow, dHigh, backLow, backHigh)
		}
	})
}
