using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>Whole programs: a setting, locals with first values, a body, a result.</summary>
internal static class ProgramGenerator
{
    private const int Depth = 3;

    /// <summary>Programs of all settings.</summary>
    public static Gen<RandomProgram> Programs { get; } = Settings().SelectMany(Program);

    /// <summary>Programs and their shrinker, as FsCheck wants them.</summary>
    public static Arbitrary<RandomProgram> Arbitrary { get; } = Arb.From(Programs, ProgramShrinker.Shrink);

    /// <summary>Parameters and fields.</summary>
    public static ImmutableArray<Variable> Surroundings(Setting setting)
    {
        var (full, isLocal) = (setting.Tensor(Shape.Full), !setting.ByReference);
        return
        [
            new("a", full), new("b", full), new("c", full, IsCapturable: isLocal),
            new("s", setting.Scalar, IsCapturable: isLocal), new("n", Kind.Int), new("p", Kind.Bool), new("v", setting.Array),
            new("F0", full), new("F1", setting.Scalar), new("F2", Kind.Int),
        ];
    }

    /// <summary>What a return statement returns.</summary>
    public static Gen<Expression> Result(Scope scope) => scope.Setting.Result.Type switch
    {
        "void" => Gen.Constant(Expression.Of(scope.Setting.Result, "")),
        "object?[]" =>
            from first in ExpressionGenerator.AnyShape(scope).SelectMany(shape => ExpressionGenerator.Of(scope, scope.Setting.Tensor(shape), 3))
            from second in ExpressionGenerator.AnyShape(scope).SelectMany(shape => ExpressionGenerator.Of(scope, scope.Setting.Tensor(shape), 2))
            from third in Gen.Elements(Kind.Int, Kind.Bool, Kind.Text, scope.Setting.Array, scope.Setting.Scalar).SelectMany(kind => ExpressionGenerator.Of(scope, kind, 2))
            from mask in ExpressionGenerator.Of(scope, Kind.Tensor("bool", Shape.Full), 2)
            from all in Gen.Elements("new object?[] {{ {0}, {1}, {2}, {3} }}", "new object?[] {{ {0}, {2}, {1} }}", "new object?[] {{ {1}, {0} }}")
            select Expression.Of(scope.Setting.Result, all, first, second, third, mask),
        _ => ExpressionGenerator.Of(scope, scope.Setting.Result, 4),
    };

    private static Gen<Setting> Settings() =>
        from element in Gen.Frequency((4, Gen.Constant("float")), (3, Gen.Constant("double")), (3, Gen.Constant("int")))
        from rank in Gen.Frequency((3, Gen.Constant(1)), (2, Gen.Constant(2)))
        from isExact in Gen.Frequency((5, Gen.Constant(true)), (element == "int" ? 0 : 1, Gen.Constant(false)))
        from container in Gen.Frequency((6, Gen.Constant(Container.Static)), (2, Gen.Constant(Container.Class)), (1, Gen.Constant(Container.Struct)))
        from result in Gen.Frequency(
            (4, Gen.Constant(Kind.Tensor(element, Shape.Full))), (4, Gen.Constant(new Kind("object?[]"))),
            (1, Gen.Constant(Kind.Scalar(element))), (1, Gen.Constant(new Kind("void"))))
        from byReference in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Setting(element, rank, isExact, container, result, byReference);

    private static Gen<RandomProgram> Program(Setting setting)
    {
        var surroundings = new Scope(setting, Surroundings(setting), Place.Method | Place.Leavable, 0);
        return
            from locals in Locals(surroundings)
            let scope = surroundings with { Variables = [.. surroundings.Variables, .. locals.Select(local => local.Variable)] }
            from body in Gen.Sized(size => StatementGenerator.Some(scope, Depth, Math.Clamp(size / 4, 2, 10)))
            from result in Result(scope)
            select new RandomProgram(setting, [.. locals], new Block(body), result);
    }

    /// <summary>Two tensors of parameters, one of each view, one the build knows, and one of each other kind.</summary>
    private static Gen<Local[]> Locals(Scope scope)
    {
        var setting = scope.Setting;
        Gen<Local> First(string name, Kind kind, int fuel) => ExpressionGenerator.Of(scope, kind, fuel).Select(value => new Local(new Variable(name, kind), value));
        var shapes = setting.Rank == 2 ? new[] { Shape.Full, Shape.Full, Shape.Inner, Shape.Turned, Shape.Flat, Shape.Fixed } : [Shape.Full, Shape.Full, Shape.Inner, Shape.Flat, Shape.Fixed];
        return Gen.CollectToArray((Gen<Local>[])
        [
            .. shapes.Select((shape, index) => First("t" + index, setting.Tensor(shape), 2)),
            First("q", setting.Scalar, 1), First("k", Kind.Int, 0), First("o", Kind.Bool, 1), First("z", Kind.Text, 1), First("w", setting.Array, 1),
        ]);
    }
}
