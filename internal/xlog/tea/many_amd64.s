//go:build !purego

#include "textflag.h"

// What is taken from the sum after each cycle, eight times, and what it begins with.
DATA delta<>+0(SB)/8, $0x9E3779B99E3779B9
DATA delta<>+8(SB)/8, $0x9E3779B99E3779B9
DATA delta<>+16(SB)/8, $0x9E3779B99E3779B9
DATA delta<>+24(SB)/8, $0x9E3779B99E3779B9
GLOBL delta<>(SB), RODATA|NOPTR, $32
DATA first<>+0(SB)/4, $0xE3779B90
GLOBL first<>(SB), RODATA|NOPTR, $4

// HALF is a -= (b<<4 + ka) ^ (b + sum) ^ (b>>5 + kb), for eight groups.
#define HALF(a, b, ka, kb) \
	VPSLLD $4, b, Y13  \
	VPSRLD $5, b, Y14  \
	VPADDD Y12, b, Y15  \
	VPADDD ka, Y13, Y13 \
	VPADDD kb, Y14, Y14 \
	VPXOR  Y15, Y13, Y13 \
	VPXOR  Y14, Y13, Y13 \
	VPSUBD Y13, a, a

// SPLIT takes the words y and z of eight groups apart, as they lie in from and the
// 32 bytes behind it. Within the halves of a register the order of the groups
// changes; JOIN, which is the inverse, puts it right.
#define SPLIT(from, from32, y, z) \
	VMOVDQU from, Y13   \
	VMOVDQU from32, Y14 \
	VSHUFPS $0x88, Y14, Y13, y \
	VSHUFPS $0xDD, Y14, Y13, z

#define JOIN(y, z, to, to32) \
	VPUNPCKLDQ z, y, Y13 \
	VPUNPCKHDQ z, y, Y14 \
	VMOVDQU Y13, to  \
	VMOVDQU Y14, to32

// func decryptAVX2(k *Key, dst, src *byte, n int)
//
// Y0 to Y7 are the words of 32 groups, in four sets that do not wait for each
// other. Y8 to Y11 are the key, Y12 the sum, Y13 to Y15 scratch.
TEXT ·decryptAVX2(SB), NOSPLIT, $0-32
	MOVQ k+0(FP), AX
	MOVQ dst+8(FP), DI
	MOVQ src+16(FP), SI
	MOVQ n+24(FP), CX
	VPBROADCASTD 0(AX), Y8
	VPBROADCASTD 4(AX), Y9
	VPBROADCASTD 8(AX), Y10
	VPBROADCASTD 12(AX), Y11

block:
	SPLIT((SI), 32(SI), Y0, Y1)
	SPLIT(64(SI), 96(SI), Y2, Y3)
	SPLIT(128(SI), 160(SI), Y4, Y5)
	SPLIT(192(SI), 224(SI), Y6, Y7)
	VPBROADCASTD first<>(SB), Y12
	MOVL $16, DX

cycle:
	HALF(Y1, Y0, Y10, Y11)
	HALF(Y3, Y2, Y10, Y11)
	HALF(Y5, Y4, Y10, Y11)
	HALF(Y7, Y6, Y10, Y11)
	HALF(Y0, Y1, Y8, Y9)
	HALF(Y2, Y3, Y8, Y9)
	HALF(Y4, Y5, Y8, Y9)
	HALF(Y6, Y7, Y8, Y9)
	VPSUBD delta<>(SB), Y12, Y12
	DECL DX
	JNZ  cycle

	JOIN(Y0, Y1, (DI), 32(DI))
	JOIN(Y2, Y3, 64(DI), 96(DI))
	JOIN(Y4, Y5, 128(DI), 160(DI))
	JOIN(Y6, Y7, 192(DI), 224(DI))
	ADDQ $256, SI
	ADDQ $256, DI
	SUBQ $256, CX
	JNZ  block
	VZEROUPPER
	RET
