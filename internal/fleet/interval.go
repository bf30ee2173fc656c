package fleet

import "math"

// normal95 is the quantile of the normal distribution that leaves 2.5 % on either side.
const normal95 = 1.959963984540054

// few is the number of calls below which a rate says next to nothing: its interval is as wide as half of all there is.
const few = 10

// wilson gives the score interval of 95 % of a share of n in of, which is above 0 (E. B. Wilson, Probable inference, the law
// of succession, and statistical inference, Journal of the American Statistical Association 22, 1927, 209-212). Other than
// the interval of textbooks it is right for few calls and for rates near 0 and 1.
func wilson(n, of int) (low, high float64) {
	p, total := float64(n)/float64(of), float64(of)
	z2 := normal95 * normal95
	middle := p + z2/(2*total)
	half := normal95 * math.Sqrt(p*(1-p)/total+z2/(4*total*total))
	low, high = (middle-half)/(1+z2/total), (middle+half)/(1+z2/total)
	if n == 0 {
		low = 0
	}
	if n == of {
		high = 1
	}
	return low, high
}

// newcombe gives b minus a, two shares of different calls, and its interval of 95 %: the hybrid score method without
// correction for continuity, number 10 of R. G. Newcombe, Interval estimation for the difference between independent
// proportions: comparison of eleven methods, Statistics in Medicine 17, 1998, 873-890.
func newcombe(nA, ofA, nB, ofB int) (difference, low, high float64) {
	a, b := float64(nA)/float64(ofA), float64(nB)/float64(ofB)
	lowA, highA := wilson(nA, ofA)
	lowB, highB := wilson(nB, ofB)
	difference = b - a
	return difference, difference - math.Hypot(b-lowB, highA-a), difference + math.Hypot(highB-b, a-lowA)
}

// rounded has 4 decimals, so that documents do not depend on the machine; a zero has no sign.
func rounded(x float64) float64 { return math.Round(x*1e4)/1e4 + 0 }
