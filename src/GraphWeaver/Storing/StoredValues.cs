using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphWeaver.Storing;

/// <summary>
/// Makes values of the framework's types from the plain parts that an assembly can hold. For generated code; the names are the recipe that
/// the build's worker writes, so each is unique.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StoredValues
{
    /// <summary>The decimal of <see cref="decimal.GetBits(decimal)"/>.</summary>
    public static decimal NewDecimal(int low, int middle, int high, int flags) => new([low, middle, high, flags]);

    /// <summary>Never of a local time, which depends on the machine.</summary>
    public static DateTime NewDateTime(long ticks, int kind) => new(ticks, (DateTimeKind)kind);

    /// <summary>From local ticks and the ticks of the offset.</summary>
    public static DateTimeOffset NewDateTimeOffset(long ticks, long offset) => new(ticks, new TimeSpan(offset));

    /// <summary>From ticks.</summary>
    public static TimeSpan NewTimeSpan(long ticks) => new(ticks);

    /// <summary>From the number of the day.</summary>
    public static DateOnly NewDateOnly(int day) => DateOnly.FromDayNumber(day);

    /// <summary>From ticks.</summary>
    public static TimeOnly NewTimeOnly(long ticks) => new(ticks);

    /// <summary>From the two halves of its memory.</summary>
    public static Guid NewGuid(long first, long second) => MemoryMarshal.Cast<long, Guid>([first, second])[0];

    /// <summary>From its two's complement.</summary>
    public static BigInteger NewBigInteger(byte[] bytes) => new(bytes);

    /// <summary>From its parts.</summary>
    public static Complex NewComplex(double real, double imaginary) => new(real, imaginary);

    /// <summary>From its bits.</summary>
    public static Half NewHalf(int bits) => BitConverter.UInt16BitsToHalf((ushort)bits);

    /// <summary>From its halves.</summary>
    public static Int128 NewInt128(long upper, long lower) => new((ulong)upper, (ulong)lower);

    /// <summary>From its halves.</summary>
    public static UInt128 NewUInt128(long upper, long lower) => new((ulong)upper, (ulong)lower);

    /// <summary>From its value and end.</summary>
    public static Index NewIndex(int value, bool isFromEnd) => new(value, isFromEnd);

    /// <summary>From its two ends.</summary>
    public static Range NewRange(int start, bool isStartFromEnd, int end, bool isEndFromEnd) => new(new Index(start, isStartFromEnd), new Index(end, isEndFromEnd));

    /// <summary>From its number.</summary>
    public static Rune NewRune(int value) => new(value);

    /// <summary>From its parts, of which those that are negative were not given.</summary>
    public static Version NewVersion(int major, int minor, int build, int revision) =>
        build < 0 ? new Version(major, minor) : revision < 0 ? new Version(major, minor, build) : new Version(major, minor, build, revision);

    /// <summary>A value that is there.</summary>
    public static T? NewNullable<T>(T value)
        where T : struct => value;

    /// <summary>From its parts.</summary>
    public static KeyValuePair<TKey, TValue> NewKeyValuePair<TKey, TValue>(TKey key, TValue value) => new(key, value);

    /// <summary>A part of an array.</summary>
    public static ArraySegment<T> NewArraySegment<T>(T[] array, int offset, int count) => new(array, offset, count);

    /// <summary>A part of an array.</summary>
    public static Memory<T> NewMemory<T>(T[] array, int offset, int count) => new(array, offset, count);

    /// <summary>A part of an array.</summary>
    public static ReadOnlyMemory<T> NewReadOnlyMemory<T>(T[] array, int offset, int count) => new(array, offset, count);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1> NewTuple1<T1>(T1 item1) => new(item1);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2> NewTuple2<T1, T2>(T1 item1, T2 item2) => new(item1, item2);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3> NewTuple3<T1, T2, T3>(T1 item1, T2 item2, T3 item3) => new(item1, item2, item3);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3, T4> NewTuple4<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4) => new(item1, item2, item3, item4);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3, T4, T5> NewTuple5<T1, T2, T3, T4, T5>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5) => new(item1, item2, item3, item4, item5);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3, T4, T5, T6> NewTuple6<T1, T2, T3, T4, T5, T6>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6) =>
        new(item1, item2, item3, item4, item5, item6);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3, T4, T5, T6, T7> NewTuple7<T1, T2, T3, T4, T5, T6, T7>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7) =>
        new(item1, item2, item3, item4, item5, item6, item7);

    /// <summary>Tuples of one to eight.</summary>
    public static Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> NewTuple8<T1, T2, T3, T4, T5, T6, T7, TRest>(
        T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, TRest rest)
        where TRest : notnull => new(item1, item2, item3, item4, item5, item6, item7, rest);

    /// <summary>The culture that is the same everywhere.</summary>
    public static CultureInfo GetInvariantCulture() => CultureInfo.InvariantCulture;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetUtf8() => Encoding.UTF8;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetAscii() => Encoding.ASCII;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetUnicode() => Encoding.Unicode;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetBigEndianUnicode() => Encoding.BigEndianUnicode;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetUtf32() => Encoding.UTF32;

    /// <summary>The shared encoding.</summary>
    public static Encoding GetLatin1() => Encoding.Latin1;

    /// <summary>The shared comparer.</summary>
    public static StringComparer GetOrdinal() => StringComparer.Ordinal;

    /// <summary>The shared comparer.</summary>
    public static StringComparer GetOrdinalIgnoreCase() => StringComparer.OrdinalIgnoreCase;

    /// <summary>The shared comparer.</summary>
    public static Comparer<T> GetComparer<T>() => Comparer<T>.Default;

    /// <summary>The shared comparer.</summary>
    public static EqualityComparer<T> GetEqualityComparer<T>() => EqualityComparer<T>.Default;
}
