using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphWeaver.Evaluator;

/// <summary>A 64-bit digest by which the two workers compare contents too large to send. The same in every process.</summary>
internal static class Fingerprint
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var digest = (ulong)bytes.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            digest = BitOperations.RotateLeft((digest ^ word) * Multiplier, 31);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            digest = BitOperations.RotateLeft((digest ^ rest) * Multiplier, 31);
        }

        return digest;
    }
}
