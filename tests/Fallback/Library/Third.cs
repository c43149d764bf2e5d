namespace ThirdParty;

/// <summary>Another assembly's code with bodies to read: pure, so the build may execute it.</summary>
public static class Third
{
    public static int Twice(int x) => 2 * x;

    public static int Deep(int x) => Middle(x) + 1;

    public static double[] Ramp(int count, double step = 0.5)
    {
        var ramp = new double[count];
        for (var i = 0; i < count; i++)
        {
            ramp[i] = i * step;
        }

        return ramp;
    }

    public static int Sum(params int[] numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public static T Larger<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) >= 0 ? a : b;

    public static string Which(int x) => "int";

    public static string Which(long x) => "long";

    public static string Which(object x) => "object";

    public static int Fail(int depth) => depth == 0 ? throw new InvalidOperationException("the library refuses") : Fail(depth - 1);

    private static int Middle(int x) => Twice(x) * Twice(x);
}

/// <summary>Another assembly's code that the build must not execute, some calls down.</summary>
public static class Outside
{
    public static long Stamp() => Inner();

    public static int Parse(string text) => int.Parse(text);

    private static long Inner() => DateTime.UtcNow.Ticks;
}

/// <summary>A struct with operators, for folded third-party arithmetic.</summary>
public readonly struct Money(decimal amount)
{
    public decimal Amount { get; } = amount;

    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount);

    public static Money operator *(Money left, int factor) => new(left.Amount * factor);
}

public static class MoneyExtensions
{
    public static Money Doubled(this Money money) => money * 2;
}

/// <summary>Leans on an assembly that is not there; the cases vouch for it.</summary>
public static class Dependent
{
    public static int Answer(int x) => Missing.Absent.Answer(x);
}
