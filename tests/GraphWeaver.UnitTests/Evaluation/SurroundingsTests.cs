using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

public sealed class SurroundingsTests : IDisposable
{
    private readonly EvaluatorFixture fixture = new("public class Thing;");

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("outputs[0] = 1.5.ToString();")]
    [InlineData("outputs[0] = double.Parse(\"1,5\");")]
    [InlineData("outputs[0] = (-1).ToString();")]
    [InlineData("outputs[0] = new DateTime(2024, 3, 4).ToString();")]
    [InlineData("outputs[0] = new DateTime(2024, 3, 4, 0, 0, 0, DateTimeKind.Utc).ToLocalTime().Hour;")]
    [InlineData("outputs[0] = TimeZoneInfo.Local.BaseUtcOffset;")]
    [InlineData("outputs[0] = \"text\".GetHashCode();")]
    [InlineData("outputs[0] = new Thing().GetHashCode();")]
    [InlineData("outputs[0] = HashCode.Combine(1, 2);")]
    [InlineData("outputs[0] = Guid.NewGuid();")]
    [InlineData("outputs[0] = new Random().NextInt64();")]
    [InlineData("outputs[0] = DateTime.UtcNow;")]
    [InlineData("outputs[0] = Environment.ProcessId;")]
    [InlineData("outputs[0] = string.Compare(\"a\", \"B\", StringComparison.InvariantCulture) < 0;")]
    [InlineData("Console.Write(2.5);")]
    [InlineData("if (1.5.ToString() == \"1.5\") throw new Exception();")]
    [InlineData("throw new Exception(1.5.ToString());")]
    [InlineData("outputs[0] = new byte[1 << 25]; new Random().NextBytes((byte[])outputs[0]);")]
    public void What_depends_on_the_surroundings_differs(string body)
    {
        var result = fixture.Run(body);

        Assert.Equal(Outcome.Differed, result.Outcome);
        Assert.Contains("depends on", result.Error, StringComparison.Ordinal);
        Assert.Equal(7, fixture.Value("7").Value);
    }

    [Theory]
    [InlineData("1.5.ToString(System.Globalization.CultureInfo.InvariantCulture)", "1.5")]
    [InlineData("(12).ToString()", "12")]
    [InlineData("string.Join(\"|\", new Dictionary<string, int> { [\"b\"] = 1, [\"a\"] = 2 }.Keys)", "b|a")]
    [InlineData("\"straße\".ToUpperInvariant()", "STRASSE")]
    public void What_does_not_depend_on_them_agrees(string expression, string expected)
    {
        Assert.Equal(expected.Replace("SS", "ß", StringComparison.Ordinal), fixture.Value(expression).Value);
    }

    [Fact]
    public void A_slice_cannot_change_the_culture_of_the_next()
    {
        fixture.Run("System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;", 0);

        Assert.Equal(Outcome.Differed, fixture.Run("outputs[0] = 1.5.ToString();").Outcome);
    }
}
