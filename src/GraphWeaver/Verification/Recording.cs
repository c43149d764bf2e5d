using System.Runtime.InteropServices;

namespace GraphWeaver.Verification;

/// <summary>
/// What one run met, in order: a number for each object, so that two runs can be asked whether they met the same ones; and how large the
/// floating-point numbers are and how many stand together, which the tolerance depends on.
/// </summary>
internal sealed class Recording
{
    internal const int Null = -1;

    private readonly Dictionary<object, int> numbers;
    private readonly List<string> names;
    private readonly Magnitudes magnitudes;

    internal Recording()
        : this(new(ReferenceEqualityComparer.Instance), [], new Magnitudes())
    {
    }

    private Recording(Dictionary<object, int> numbers, List<string> names, Magnitudes magnitudes)
    {
        this.numbers = numbers;
        this.names = names;
        this.magnitudes = magnitudes;
    }

    /// <summary>What is copied or compared at the moment: objects met now are named after it.</summary>
    internal string Value { get; set; } = "";

    internal Magnitudes Magnitudes => magnitudes;

    /// <summary>A recording that knows the same objects and learns its own from now on.</summary>
    internal Recording Fork() => new(new(numbers, ReferenceEqualityComparer.Instance), [.. names], magnitudes);

    internal int NumberOf(object? item)
    {
        if (item is null)
        {
            return Null;
        }

        if (!numbers.TryGetValue(item, out int number))
        {
            number = names.Count;
            numbers.Add(item, number);
            names.Add(Value);
        }

        return number;
    }

    internal string Describe(int number) => number == Null ? "null" : $"the object in {names[number]}";

    /// <summary>Takes note of how large floating-point numbers are.</summary>
    internal void Measure<T>(ReadOnlySpan<T> values)
    {
        magnitudes.Count = Math.Max(magnitudes.Count, values.Length);
        if (typeof(T) == typeof(float))
        {
            foreach (float value in MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<T, float>(ref MemoryMarshal.GetReference(values)), values.Length))
            {
                magnitudes.Add(value);
            }
        }
        else if (typeof(T) == typeof(double))
        {
            foreach (double value in MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<T, double>(ref MemoryMarshal.GetReference(values)), values.Length))
            {
                magnitudes.Add(value);
            }
        }
        else if (typeof(T) == typeof(Half))
        {
            foreach (Half value in MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<T, Half>(ref MemoryMarshal.GetReference(values)), values.Length))
            {
                magnitudes.Add((double)value);
            }
        }
    }
}

/// <summary>How large the finite floating-point numbers of a call are, and how many stand in one tensor, array or span.</summary>
internal sealed class Magnitudes
{
    internal double Largest { get; private set; }

    internal long Count { get; set; } = 1;

    internal void Add(double value)
    {
        double magnitude = Math.Abs(value);
        if (magnitude > Largest && double.IsFinite(magnitude))
        {
            Largest = magnitude;
        }
    }
}
