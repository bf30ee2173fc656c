//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// A byte whose low nibble is set.
DATA nibble<>+0(SB)/1, $0x0F
GLOBL nibble<>(SB), RODATA|NOPTR, $1

// BYTE sets to to the buckets that have both nibbles of the byte at from, for 32 places. low and high are two columns
// of the table. VPSHUFB looks 32 nibbles up in it.
#define BYTE(from, low, high, to) \
	VMOVDQU from, Y9         \
	VPSRLW  $4, Y9, Y10      \
	VPAND   Y8, Y9, Y9       \
	VPAND   Y8, Y10, Y10     \
	VPSHUFB Y9, low, to      \
	VPSHUFB Y10, high, Y10   \
	VPAND   Y10, to, to

// func siftAVX2(t *mesh, text *byte, n int) (done int, may uint32)
//
// Y0 to Y7 are the nibbles, each column in both halves, since a shuffle keeps to its half. Y11 to Y14 are the buckets of
// the four bytes, Y15 is zero. DX counts the places, BX has a bit for each of 32 that may be it.
TEXT ·siftAVX2(SB), NOSPLIT, $0-36
	MOVQ t+0(FP), AX
	MOVQ text+8(FP), SI
	MOVQ n+16(FP), CX
	SUBQ $32, CX
	VBROADCASTI128 mesh_nibbles+0(AX), Y0
	VBROADCASTI128 mesh_nibbles+16(AX), Y1
	VBROADCASTI128 mesh_nibbles+32(AX), Y2
	VBROADCASTI128 mesh_nibbles+48(AX), Y3
	VBROADCASTI128 mesh_nibbles+64(AX), Y4
	VBROADCASTI128 mesh_nibbles+80(AX), Y5
	VBROADCASTI128 mesh_nibbles+96(AX), Y6
	VBROADCASTI128 mesh_nibbles+112(AX), Y7
	VPBROADCASTB nibble<>(SB), Y8
	VPXOR Y15, Y15, Y15
	MOVL $const_hash, R10
	MOVQ $-32, DX

	PCALIGN $32

block:
	ADDQ $32, DX
	BYTE((SI)(DX*1), Y0, Y1, Y11)
	BYTE(1(SI)(DX*1), Y2, Y3, Y12)
	BYTE(2(SI)(DX*1), Y4, Y5, Y13)
	BYTE(3(SI)(DX*1), Y6, Y7, Y14)
	VPAND Y12, Y11, Y11
	VPAND Y14, Y13, Y13
	VPAND Y13, Y11, Y11
	VPCMPEQB Y15, Y11, Y11
	VPMOVMSKB Y11, BX
	NOTL BX
	TESTL BX, BX
	JNZ  found

on:
	CMPQ DX, CX
	JB   block
	JMP  done

	// Most of what is found is none of the windows. It is sorted out here, which is cheaper than to leave and come again.
found:
	LEAQ  (SI)(DX*1), R8

place:
	BSFL  BX, R9
	MOVL  (R8)(R9*1), R9
	ORL   $const_fold, R9
	IMULL R10, R9
	SHRL  $const_hashShift, R9
	CMPB  mesh_filled(AX)(R9*1), $0
	JNE   done
	LEAL  -1(BX), R9
	ANDL  R9, BX
	JNZ   place
	JMP   on

done:
	VZEROUPPER
	MOVQ DX, done+24(FP)
	MOVL BX, may+32(FP)
	RET
