using FsCheck;
using FsCheck.Fluent;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>Weighted choices whose alternatives are only made when chosen: generators here are recursive.</summary>
internal sealed class Choice<T>
{
    private readonly List<(int Weight, Func<Gen<T>> Make)> alternatives = [];

    public Choice<T> Add(int weight, Func<Gen<T>> make)
    {
        if (weight > 0)
        {
            alternatives.Add((weight, make));
        }

        return this;
    }

    public Choice<T> Add(int weight, T value) => Add(weight, () => Gen.Constant(value));

    public Gen<T> Pick() => Gen.Choose(1, alternatives.Sum(alternative => alternative.Weight)).SelectMany(number =>
    {
        foreach (var (weight, make) in alternatives)
        {
            number -= weight;
            if (number <= 0)
            {
                return make();
            }
        }

        throw new InvalidOperationException("no alternative");
    });
}
