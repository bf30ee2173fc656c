//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// Bytes that take the kind out of a byte, and that make indexes of it.
DATA kind<>+0(SB)/1, $0x1F
GLOBL kind<>(SB), RODATA|NOPTR, $1
DATA low<>+0(SB)/1, $0x70
GLOBL low<>(SB), RODATA|NOPTR, $1
DATA high<>+0(SB)/1, $0xF0
GLOBL high<>(SB), RODATA|NOPTR, $1

// BYTE sets to to the buckets that have the kind of the byte at from, for 32 places. low and high are the first and the
// last 16 kinds of the table. VPSHUFB gives 0 for an index whose top bit is set: adding 0x70 sets it for the last 16
// kinds, taking 0x10 off sets it for the first.
#define BYTE(from, low, high, to) \
	VPAND   from, Y8, Y13   \
	VPADDB  Y9, Y13, Y14    \
	VPADDB  Y10, Y13, Y13   \
	VPSHUFB Y14, low, Y14   \
	VPSHUFB Y13, high, Y13  \
	VPOR    Y13, Y14, to

// HALF sets to to a bit for each of 32 places from at on that may be it.
#define HALF(at, to) \
	BYTE(at+0(SI)(DX*1), Y0, Y1, Y11) \
	BYTE(at+1(SI)(DX*1), Y2, Y3, Y12) \
	VPAND Y12, Y11, Y11               \
	BYTE(at+2(SI)(DX*1), Y4, Y5, Y12) \
	VPAND Y12, Y11, Y11               \
	BYTE(at+3(SI)(DX*1), Y6, Y7, Y12) \
	VPAND Y12, Y11, Y11               \
	VPCMPEQB Y15, Y11, Y11            \
	VPMOVMSKB Y11, to

// func siftAVX2(t *mesh, text *byte, n int) (done int, may uint64)
//
// Y0 to Y7 are the classes, in both halves each, since a shuffle keeps to its half. Y11 to Y14 are what comes and goes,
// Y15 is zero. DX counts the places, BX has a bit for each of 64 that may be it.
TEXT ·siftAVX2(SB), NOSPLIT, $0-40
	MOVQ t+0(FP), AX
	MOVQ text+8(FP), SI
	MOVQ n+16(FP), CX
	SUBQ $64, CX
	VBROADCASTI128 mesh_classes+0(AX), Y0
	VBROADCASTI128 mesh_classes+16(AX), Y1
	VBROADCASTI128 mesh_classes+32(AX), Y2
	VBROADCASTI128 mesh_classes+48(AX), Y3
	VBROADCASTI128 mesh_classes+64(AX), Y4
	VBROADCASTI128 mesh_classes+80(AX), Y5
	VBROADCASTI128 mesh_classes+96(AX), Y6
	VBROADCASTI128 mesh_classes+112(AX), Y7
	VPBROADCASTB kind<>(SB), Y8
	VPBROADCASTB low<>(SB), Y9
	VPBROADCASTB high<>(SB), Y10
	VPXOR Y15, Y15, Y15
	MOVL $const_hash, R10
	MOVQ $-64, DX

	PCALIGN $32

block:
	ADDQ $64, DX
	HALF(0, BX)
	HALF(32, R8)
	SHLQ $32, R8
	ORQ  R8, BX
	NOTQ BX
	TESTQ BX, BX
	JNZ  found

on:
	CMPQ DX, CX
	JB   block
	JMP  done

	// Most of what is found is none of the windows. It is sorted out here, which is cheaper than to leave and come again.
found:
	LEAQ  (SI)(DX*1), R8

place:
	BSFQ  BX, R9
	MOVL  (R8)(R9*1), R9
	ORL   $const_fold, R9
	IMULL R10, R9
	SHRL  $const_hashShift, R9
	CMPB  mesh_filled(AX)(R9*1), $0
	JNE   done
	LEAQ  -1(BX), R9
	ANDQ  R9, BX
	JNZ   place
	JMP   on

done:
	VZEROUPPER
	MOVQ DX, done+24(FP)
	MOVQ BX, may+32(FP)
	RET
