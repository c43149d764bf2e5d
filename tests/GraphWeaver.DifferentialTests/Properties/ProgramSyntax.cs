using System.Collections.Immutable;
using System.Globalization;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>What a tensor's shape is to the tensors around it: operands are made of one class, so that most programs run to their end.</summary>
public enum Shape
{
    /// <summary>No tensor.</summary>
    None,

    /// <summary>The shape of the parameters.</summary>
    Full,

    /// <summary>The parameters' shape without its border.</summary>
    Inner,

    /// <summary>The parameters' shape with its dimensions exchanged.</summary>
    Turned,

    /// <summary>All elements in one dimension.</summary>
    Flat,

    /// <summary>Three elements the build knows.</summary>
    Fixed,
}

/// <summary>A type, with what the generator keeps apart beside it.</summary>
/// <param name="Type">The C# type.</param>
public sealed record Kind(string Type, Shape Shape = Shape.None)
{
    public static Kind Int { get; } = new("int");

    public static Kind Bool { get; } = new("bool");

    public static Kind Text { get; } = new("string");

    public static Kind Scalar(string element) => new(element);

    public static Kind Array(string element) => new(element + "[]");

    public static Kind Tensor(string element, Shape shape) => new($"Tensor<{element}>", shape);

    public static Kind Span(string element, Shape shape) => new($"TensorSpan<{element}>", shape);
}

/// <summary>Something with a name: a parameter, a local, a field.</summary>
/// <param name="IsCapturable">Whether a lambda may use it.</param>
public sealed record Variable(string Name, Kind Kind, bool IsAssignable = true, bool IsCapturable = true);

/// <summary>An expression: C# text with holes for its operands.</summary>
/// <param name="Template">A composite format over the operands.</param>
/// <param name="Noisy">The text of a program that disturbs what is only near to exact; null where it is exact.</param>
public sealed record Expression(Kind Kind, string Template, ImmutableArray<Expression> Operands, string? Noisy = null, Variable? Variable = null)
{
    public static Expression Of(Kind kind, string template, params Expression[] operands) => new(kind, template, [.. operands]);

    public static Expression Read(Variable variable) => new(variable.Kind, variable.Name, [], Variable: variable);

    public int Size => 1 + Operands.Sum(operand => operand.Size);
}

/// <summary>Where a statement stands, and what it needs of the place.</summary>
[Flags]
public enum Place
{
    Anywhere = 0,

    /// <summary>In a loop of the same function.</summary>
    Loop = 1,

    /// <summary>In the method itself, not in a lambda.</summary>
    Method = 2,

    /// <summary>Outside finally blocks.</summary>
    Leavable = 4,
}

/// <summary>A block of a statement, with the variable that exists in it.</summary>
/// <param name="Adds">What the place is in the block beyond what it is around it.</param>
/// <param name="Removes">What the place is no longer.</param>
public sealed record Block(ImmutableArray<Statement> Statements, Variable? Declares = null, Place Adds = Place.Anywhere, Place Removes = Place.Anywhere)
{
    public int Size => Statements.Sum(statement => statement.Size);
}

/// <summary>A statement: C# text with holes for its operands, then for its blocks.</summary>
public sealed record Statement(string Template, ImmutableArray<Expression> Operands, ImmutableArray<Block> Blocks, Place Needs = Place.Anywhere, string? Noisy = null)
{
    public static Statement Of(string template, params Expression[] operands) => new(template, [.. operands], []);

    public int Size => 1 + Operands.Sum(operand => operand.Size) + Blocks.Sum(block => block.Size);
}

public enum Container
{
    Static,
    Class,
    Struct,
}

/// <summary>What holds for a whole program.</summary>
/// <param name="Element">The element type of most of its tensors.</param>
/// <param name="IsExact">Whether all its operators have eager's bits.</param>
public sealed record Setting(string Element, int Rank, bool IsExact, Container Container, Kind Result, bool ByReference)
{
    public Kind Scalar => Kind.Scalar(Element);

    public Kind Array => Kind.Array(Element);

    public Kind Tensor(Shape shape) => Kind.Tensor(Element, shape);

    public int RankOf(Shape shape) => shape is Shape.Flat or Shape.Fixed ? 1 : Rank;
}

/// <summary>A local of the whole method with its first value.</summary>
public sealed record Local(Variable Variable, Expression Value);

/// <summary>One method and the type it lies in.</summary>
public sealed record RandomProgram(Setting Setting, ImmutableArray<Local> Locals, Block Body, Expression Result)
{
    public int Size => Locals.Sum(local => local.Value.Size) + Body.Size + Result.Size;

    public override string ToString() => ProgramText.Of(this).Source;
}

/// <summary>A program as C#, in a type named <see cref="Name"/>.</summary>
/// <param name="Noisy">The same with noise, for a program that is only near to exact.</param>
public sealed record ProgramText(Setting Setting, string Source, string? Noisy)
{
    public const string Name = "Program_";

    public const string NoisyName = "Noisy_";

    public static ProgramText Of(RandomProgram program) => new(
        program.Setting,
        new ProgramPrinter(program, noisy: false).Print(Name),
        program.Setting.IsExact ? null : new ProgramPrinter(program, noisy: true).Print(NoisyName));
}

internal static class Templates
{
    public static string Fill(string template, IEnumerable<string> holes) => string.Format(CultureInfo.InvariantCulture, template, [.. holes]);
}
