//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// The bits of a nibble in the other order: as the low half of a byte, and as the high
// half, less lowLit.
DATA low<>+0(SB)/8, $0x0E060A020C040800
DATA low<>+8(SB)/8, $0x0F070B030D050901
GLOBL low<>(SB), RODATA|NOPTR, $16
DATA high<>+0(SB)/8, $0xB03070F0901050D0
DATA high<>+8(SB)/8, $0xC0408000A02060E0
GLOBL high<>(SB), RODATA|NOPTR, $16
DATA nibbles<>+0(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA nibbles<>+8(SB)/8, $0x0F0F0F0F0F0F0F0F
GLOBL nibbles<>(SB), RODATA|NOPTR, $16

// LOAD fills w up to 56 bits or more.
#define LOAD \
	MOVQ  (R8), AX      \
	SHLXQ R13, AX, AX   \
	ORQ   AX, R12       \
	MOVQ  R13, AX       \
	SHRQ  $3, AX        \
	SUBQ  AX, R8        \
	ADDQ  $7, R8        \
	ORQ   $56, R13

// func fixedFast(l *lane)
//
// R8 is where the next load begins and R9 where the last may, R10 where the next byte
// goes and R11 where the last step may begin, DI where the text begins. R12 is w, R13
// have, SI fixedDists, R14 ones>>8, R15 the same with a bit behind; X8 to X10 are the
// constants above.
TEXT ·fixedFast(SB), NOSPLIT, $0-8
	MOVQ l+0(FP), BX
	MOVQ lane_src(BX), AX
	MOVQ lane_in(BX), R8
	MOVQ lane_lastIn(BX), R9
	ADDQ AX, R8
	ADDQ AX, R9
	MOVQ lane_out(BX), DI
	MOVQ lane_n(BX), R10
	MOVQ lane_lastOut(BX), R11
	ADDQ DI, R10
	ADDQ DI, R11
	MOVQ lane_w(BX), R12
	MOVQ lane_have(BX), R13
	LEAQ ·fixedDists(SB), SI
	MOVQ $0x0001010101010101, R14
	VMOVDQU nibbles<>(SB), X8
	VMOVDQU low<>(SB), X9
	VMOVDQU high<>(SB), X10

	PCALIGN $32

step:
	MOVQ R14, R15
	BTSQ $56, R15
	CMPQ R8, R9
	JHI  stop
	CMPQ R10, R11
	JHI  stop
	LOAD

	// AX gets how many bits at the front are codes of eight bits. The mask comes early:
	// all the next steps wait for AX.
	RORXQ  $1, R12, AX
	RORXQ  $2, R12, BX
	RORXQ  $3, R12, CX
	ANDNQ  R14, R12, DX
	XORQ   R12, AX
	ANDQ   CX, BX
	ANDQ   R14, AX
	ANDQ   DX, BX
	ORQ    BX, AX
	ANDNQ  R15, AX, AX
	TZCNTQ AX, AX

	// All bytes of w go out as if they were such codes.
	VMOVQ   R12, X0
	VPSRLQ  $4, X0, X1
	VPAND   X8, X0, X0
	VPAND   X8, X1, X1
	VPSHUFB X0, X10, X0
	VPSHUFB X1, X9, X1
	VPADDB  X1, X0, X0
	VMOVQ   X0, (R10)

	SHRXQ AX, R12, R12
	SUBQ  AX, R13
	MOVQ  AX, BX
	SHRQ  $3, BX
	ADDQ  BX, R10
	CMPQ  AX, $24
	JHI   step // too few bits are left for a match

	LEAQ    ·fixedSteps(SB), BX
	MOVL    R12, CX
	ANDL    $0xFFF, CX
	MOVWLZX (BX)(CX*2), CX
	MOVL    CX, AX
	ANDL    $15, AX
	BTL     $15, CX
	JCC     other

	// A match: CX is its length, R15 its distance, BX w behind it and DX the extra bits
	// of the distance. SHRXQ and BZHIQ look at the low bits of the entries alone.
	SHRXQ   CX, R12, BX
	SUBQ    AX, R13
	SHRL    $6, CX
	ANDL    $511, CX
	MOVL    BX, AX
	ANDL    $31, AX
	MOVQ    (SI)(AX*8), DX
	SHRQ    $5, BX
	BZHIQ   DX, BX, AX
	SHRXQ   DX, BX, BX
	MOVQ    DX, R15
	SHRQ    $8, R15
	ADDQ    AX, R15
	MOVQ    R10, AX
	SUBQ    DI, AX
	CMPQ    R15, AX
	JHI     far
	MOVQ    BX, R12
	ANDL    $15, DX
	SUBQ    DX, R13
	SUBQ    $5, R13

	MOVQ R10, AX
	SUBQ R15, AX
	CMPQ R15, $32
	JCS  near
	VMOVDQU (AX), Y0
	VMOVDQU Y0, (R10)
	CMPQ CX, $32
	JHI  long
	ADDQ CX, R10
	JMP  step

long:
	MOVL $32, DX

by32:
	VMOVDQU (AX)(DX*1), Y0
	VMOVDQU Y0, (R10)(DX*1)
	ADDQ $32, DX
	CMPQ DX, CX
	JCS  by32
	ADDQ CX, R10
	JMP  step

	// What is near overlaps: it is copied in pieces that do not.
near:
	XORL DX, DX
	CMPQ R15, $8
	JCS  by1

by8:
	MOVQ (AX)(DX*1), BX
	MOVQ BX, (R10)(DX*1)
	ADDQ $8, DX
	CMPQ DX, CX
	JCS  by8
	ADDQ CX, R10
	JMP  step

by1:
	MOVB (AX)(DX*1), BX
	MOVB BX, (R10)(DX*1)
	INCQ DX
	CMPQ DX, CX
	JCS  by1
	ADDQ CX, R10
	JMP  step

other:
	CMPL  CX, $0x4000
	JEQ   end
	TESTL CX, CX
	JEQ   stop
	SHRL  $6, CX
	MOVB  CX, (R10)
	INCQ  R10
	SHRXQ AX, R12, R12
	SUBQ  AX, R13
	JMP   step

	// An end of block: AX gets the bits to the next header, and CX those of w in front
	// of them, with zeros below.
end:
	LOAD
	LEAQ  -10(R13), AX
	ANDL  $7, AX
	ADDL  $45, AX
	MOVL  $64, BX
	SUBL  AX, BX
	SHLXQ BX, R12, CX
	MOVQ  $0x5FFFE00000000000, BX
	CMPQ  CX, BX
	JNE   stop
	MOVQ  l+0(FP), BX
	MOVQ  lane_marks+8(BX), DX // how many
	CMPQ  DX, lane_marks+16(BX)
	JEQ   stop
	SHRXQ AX, R12, R12
	SUBQ  AX, R13
	LEAQ  3(R13), AX
	SHRQ  $3, AX
	MOVQ  R8, CX
	SUBQ  lane_src(BX), CX
	SUBQ  AX, CX
	MOVQ  CX, lane_flushIn(BX)
	MOVQ  R10, CX
	SUBQ  DI, CX
	MOVQ  lane_marks(BX), AX
	MOVQ  CX, (AX)(DX*8)
	INCQ  DX
	MOVQ  DX, lane_marks+8(BX)
	JMP   step

	// A distance that goes too far: w stays in front of the length.
far:
	LEAQ    ·fixedSteps(SB), BX
	MOVL    R12, CX
	ANDL    $0xFFF, CX
	MOVWLZX (BX)(CX*2), CX
	ANDL    $15, CX
	ADDQ    CX, R13

stop:
	VZEROUPPER
	MOVQ l+0(FP), BX
	SUBQ lane_src(BX), R8
	MOVQ R8, lane_in(BX)
	SUBQ DI, R10
	MOVQ R10, lane_n(BX)
	MOVQ R12, lane_w(BX)
	MOVQ R13, lane_have(BX)
	RET
