using System.Numerics;

namespace GraphWeaver.Kernels;

/// <content>The ways of choosing one of two elements, and what is chosen of many.</content>
public static partial class KernelReductions
{
    private interface IChoice<T>
    {
        public static abstract T Choose(T x, T y);
    }

    private static T ChooseElement<T, TChoice>(T running, ReadOnlySpan<T> elements)
        where TChoice : IChoice<T>
    {
        foreach (T element in elements)
        {
            running = TChoice.Choose(running, element);
        }

        return running;
    }

    private readonly struct MaxChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.Max(x, y);
    }

    private readonly struct MinChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.Min(x, y);
    }

    private readonly struct MaxNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxNumber(x, y);
    }

    private readonly struct MinNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinNumber(x, y);
    }

    private readonly struct MaxMagnitudeChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxMagnitude(x, y);
    }

    private readonly struct MinMagnitudeChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinMagnitude(x, y);
    }

    private readonly struct MaxMagnitudeNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxMagnitudeNumber(x, y);
    }

    private readonly struct MinMagnitudeNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinMagnitudeNumber(x, y);
    }
}
