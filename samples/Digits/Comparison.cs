using System.Globalization;
using GraphWeaver;

namespace Digits;

/// <summary>
/// Times the same training eager and woven. The two alternate and the fastest of each counts, since a shared machine
/// only ever adds time; the first round warms the code up and does not count.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 4;

    /// <summary>Trains classifiers fresh from <paramref name="create"/> in both modes and prints a line.</summary>
    public static void Run(string name, Training training, Func<IClassifier> create)
    {
        ExecutionMode modeBefore = GraphMode.Current;
        TimeSpan eager = TimeSpan.MaxValue;
        TimeSpan woven = TimeSpan.MaxValue;
        double eagerAccuracy = 0;
        double wovenAccuracy = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (TimeSpan eagerTime, eagerAccuracy) = Train(ExecutionMode.Eager, training, create());
            (TimeSpan wovenTime, wovenAccuracy) = Train(ExecutionMode.Graph, training, create());
            if (round > 0)
            {
                eager = Shorter(eager, eagerTime);
                woven = Shorter(woven, wovenTime);
            }
        }

        GraphMode.Current = modeBefore;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-20} eager {eager.TotalSeconds:F2} s ({eagerAccuracy:P1})   woven {woven.TotalSeconds:F2} s ({wovenAccuracy:P1})   ratio {eager / woven:F2}"));
    }

    private static (TimeSpan Time, double Accuracy) Train(ExecutionMode mode, Training training, IClassifier classifier)
    {
        GraphMode.Current = mode;
        return (training.RunTimed(classifier), training.Accuracy(classifier));
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
