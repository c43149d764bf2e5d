using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>Expressions of a given kind over what is in scope, no larger than their fuel allows.</summary>
internal static class ExpressionGenerator
{
    public static Gen<Expression> Of(Scope scope, Kind kind, int fuel)
    {
        var setting = scope.Setting;
        return kind switch
        {
            _ when kind == Kind.Span(setting.Element, kind.Shape) => Variable(scope, kind),
            { Type: "Tensor<bool>" } => Mask(scope, kind.Shape, fuel),
            { Shape: not Shape.None } => Tensor(scope, kind.Shape, fuel),
            _ when kind == Kind.Int => Int(scope, fuel),
            _ when kind == Kind.Bool => Bool(scope, fuel),
            _ when kind == Kind.Text => Text(scope, fuel),
            _ when kind == setting.Array => Array(scope, fuel),
            _ when kind == setting.Scalar => Scalar(scope, fuel),
            _ => throw new ArgumentException($"no expressions of {kind}"),
        };
    }

    /// <summary>Something a tensor's method can be called on, and that another expression names again.</summary>
    public static Gen<Expression> Variable(Scope scope, Kind kind) =>
        Gen.Elements(scope.Of(kind).Select(Expression.Read).ToArray());

    public static Gen<Shape> AnyShape(Scope scope) => Gen.Frequency(
        (8, Gen.Constant(Shape.Full)), (2, Gen.Constant(Shape.Inner)), (2, Gen.Constant(scope.Setting.Rank == 2 ? Shape.Turned : Shape.Inner)),
        (1, Gen.Constant(Shape.Flat)), (2, Gen.Constant(Shape.Fixed)));

    private static Gen<Expression> Make(Scope scope, Kind kind, string template, int fuel, params Kind[] operands) => Make(scope, kind, template, null, fuel, operands);

    private static Gen<Expression> Make(Scope scope, Kind kind, string template, string? noisy, int fuel, params Kind[] operands) =>
        Gen.CollectToArray(operands.Select(operand => Of(scope, operand, fuel / Math.Max(1, operands.Length))))
            .Select(parts => new Expression(kind, template, [.. parts], noisy));

    private static Choice<Expression> Variables(Scope scope, Kind kind, int weight)
    {
        var variables = scope.Of(kind).ToArray();
        return new Choice<Expression>().Add(variables.Length > 0 ? weight : 0, () => Gen.Elements(variables).Select(Expression.Read));
    }

    private static Gen<Expression> Tensor(Scope scope, Shape shape, int fuel)
    {
        var (setting, kind, element) = (scope.Setting, scope.Setting.Tensor(shape), scope.Setting.Element);
        var hasVariable = scope.Of(kind).Any();
        var smaller = fuel - 1;
        if (fuel <= 0 && hasVariable)
        {
            return Variable(scope, kind);
        }

        var choice = Variables(scope, kind, 6);
        switch (shape)
        {
            case Shape.Fixed:
                choice.Add(hasVariable ? 1 : 4, () => Gen.CollectToArray(Enumerable.Repeat(Literal(element), 3)).Select(items => Expression.Of(kind, $"Tensor.Create<{element}>(new {element}[] {{{{ {{0}}, {{1}}, {{2}} }}}})", items)));
                break;
            case Shape.Inner:
                choice.Add(3, () => Make(scope, kind, setting.Rank == 1 ? "{0}[1..^1]" : "{0}[1..^1, 1..]", smaller, setting.Tensor(Shape.Full)));
                choice.Add(1, () => Make(scope, kind, setting.Rank == 1 ? "{0}.Slice(1..^1)" : "{0}.Slice(1..^1, ..^1)", smaller, setting.Tensor(Shape.Full)));
                break;
            case Shape.Flat:
                choice.Add(3, () => Make(scope, kind, $"Tensor.Reshape<{element}>({{0}}, [-1])", smaller, setting.Tensor(Shape.Full)));
                break;
            case Shape.Turned:
                choice.Add(3, () => Make(scope, kind, $"Tensor.PermuteDimensions<{element}>({{0}}, [1, 0])", smaller, setting.Tensor(Shape.Full)));
                break;
            case Shape.Full when setting.Rank == 2:
                choice.Add(1, () => Make(scope, kind, $"Tensor.Transpose<{element}>({{0}})", smaller, setting.Tensor(Shape.Turned)));
                break;
        }

        if (fuel <= 0)
        {
            return choice.Pick();
        }

        choice.Add(10, () => Operator(scope, shape, fuel));
        choice.Add(5, () => Arithmetic(scope, shape, fuel));
        choice.Add(1, () => Make(scope, kind, "({0} ? {1} : {2})", smaller, Kind.Bool, kind, kind));
        choice.Add(1, () => Make(scope, kind, $"Tensor.SqueezeDimension<{element}>(Tensor.Unsqueeze<{element}>({{0}}, 0), 0)", smaller, kind));
        choice.Add(1, () => Make(scope, kind, "{0}.ToDenseTensor()", smaller, kind));
        choice.Add(1, () => AnyShape(scope).SelectMany(other => Make(scope, kind, "({0} + {1})", smaller, kind, setting.Tensor(other))));
        choice.Add(4, () => Gen.Elements("Lib.Same({0})", "Lib.Loud({0})", "Lib.Keep({0})", "Lib.Apply({0}, static x => x + x)").SelectMany(template => Make(scope, kind, template, smaller, kind)));
        choice.Add(3, () => Gen.Elements("Lib.Scale({0}, {1})", "Lib.Shift({0}, {1})", "Lib.Inner({0}, {1})", "Lib.Put({0}, {1})", "Lib.Bump({0}, {1})", "Lib.Zeroed({0}, {1})").SelectMany(template => Make(scope, kind, template, smaller, kind, setting.Scalar)));
        choice.Add(setting.IsExact ? 1 : 0, () => Converted(scope, kind, smaller));
        choice.Add(scope.Assignable(kind).Any() ? 1 : 0, () =>
            from target in Gen.Elements(scope.Assignable(kind).ToArray())
            from value in Of(scope, kind, smaller)
            select Expression.Of(kind, "({0} = {1})", Expression.Read(target), value));
        return choice.Pick();
    }

    private static Gen<Expression> Converted(Scope scope, Kind kind, int fuel)
    {
        var element = scope.Setting.Element;
        return
            from other in Gen.Elements(new[] { "float", "double", "int", "long" }.Where(name => name != element).ToArray())
            from way in Gen.Elements("Saturating", "Truncating")
            from back in Gen.Elements("Saturating", "Truncating")
            from converted in Make(scope, kind, $"Tensor.Convert{back}<{other}, {element}>(Tensor.Convert{way}<{element}, {other}>({{0}}))", fuel, kind)
            select converted;
    }

    private static Gen<Expression> Arithmetic(Scope scope, Shape shape, int fuel)
    {
        var (tensor, scalar) = (scope.Setting.Tensor(shape), scope.Setting.Scalar);
        return
            from symbol in Gen.Elements("+", "-", "*")
            from operands in Gen.Elements<Kind[]>([tensor, tensor], [tensor, tensor], [tensor, scalar], [scalar, tensor])
            from made in Make(scope, tensor, $"({{0}} {symbol} {{1}})", fuel - 1, operands)
            select made;
    }

    private static Gen<Expression> Operator(Scope scope, Shape shape, int fuel)
    {
        var setting = scope.Setting;
        return Gen.Elements(Members(setting).Where(member => !member.IsReduction && member.Result == setting.Element).ToArray())
            .SelectMany(member => Apply(scope, setting.Tensor(shape), member, shape, fuel - 1));
    }

    public static IEnumerable<TensorMember> Members(Setting setting) => TensorMembers.Of(setting.Element).Where(member => member.IsExact || !setting.IsExact);

    /// <summary>The kinds of an operator's operands: now and then a span over a tensor stands for one.</summary>
    public static Gen<Kind[]> Operands(Scope scope, TensorMember member, Shape shape)
    {
        var (tensor, span) = (scope.Setting.Tensor(shape), Kind.Span(scope.Setting.Element, shape));
        var isMethod = member.Template.StartsWith("Tensor.", StringComparison.Ordinal);
        return Gen.CollectToArray(member.Roles.Select(role => role switch
        {
            Role.Tensor => new Choice<Kind>().Add(3, tensor).Add(isMethod && scope.Of(span).Any() ? 2 : 0, span).Pick(),
            Role.Scalar => Gen.Constant(scope.Setting.Scalar),
            _ => Gen.Constant(Kind.Int),
        }));
    }

    private static Gen<Expression> Apply(Scope scope, Kind result, TensorMember member, Shape shape, int fuel)
    {
        var noisy = member switch
        {
            { IsExact: true } => null,
            { IsReduction: true } => member.Template.Replace("Tensor.", "Noise.", StringComparison.Ordinal),
            _ => $"Noise.Of({member.Template})",
        };
        return Operands(scope, member, shape).SelectMany(kinds => Make(scope, result, member.Template, noisy, fuel, kinds));
    }

    private static Gen<Expression> Mask(Scope scope, Shape shape, int fuel)
    {
        var members = Members(scope.Setting).Where(member => !member.IsReduction && member.Result == "bool").ToArray();
        return Variables(scope, Kind.Tensor("bool", shape), 1)
            .Add(3, () => Gen.Elements(members).SelectMany(member => Apply(scope, Kind.Tensor("bool", shape), member, shape, fuel - 1))).Pick();
    }

    public static Gen<Expression> Literal(string element) => element switch
    {
        "int" => Gen.Frequency((6, Gen.Choose(0, 4)), (1, Gen.Elements(-1, 7, 100, 65537))).Select(number => Expression.Of(Kind.Int, number < 0 ? $"({number})" : $"{number}")),
        "float" => Gen.Elements("0f", "1f", "2f", "0.5f", "0.1f", "3.25f", "(-1.5f)").Select(text => Expression.Of(Kind.Scalar("float"), text)),
        _ => Gen.Elements("0d", "1d", "2d", "0.5", "0.1", "3.25", "(-1.5)").Select(text => Expression.Of(Kind.Scalar("double"), text)),
    };

    /// <summary>The place of one element, by the number of dimensions.</summary>
    public static Gen<string> Place(int rank) => rank == 1 ? Gen.Elements("0", "0", "1", "^1") : Gen.Elements("0, 0", "1, 0", "0, 1", "^1, ^1");

    private static Gen<Expression> Scalar(Scope scope, int fuel)
    {
        var (setting, kind, element) = (scope.Setting, scope.Setting.Scalar, scope.Setting.Element);
        if (element == "int")
        {
            return Int(scope, fuel);
        }

        var choice = Variables(scope, kind, 4).Add(3, () => Literal(element));
        return fuel <= 0 ? choice.Pick() : FromTensors(scope, kind, fuel, choice)
            .Add(4, () => Gen.Elements("+", "-", "*", "/", "%").SelectMany(symbol => Make(scope, kind, $"({{0}} {symbol} {{1}})", fuel - 1, kind, kind)))
            .Add(1, () => Make(scope, kind, $"(({element}){{0}})", fuel - 1, Kind.Int))
            .Add(1, () => Gen.Elements("Math.Abs({0})", "Lib.Twice({0})", "(-{0})", $"(({element})Math.Floor((double){{0}}))").SelectMany(template => Make(scope, kind, template, fuel - 1, kind)))
            .Add(1, () => Make(scope, kind, "Math.Max({0}, {1})", fuel - 1, kind, kind))
            .Add(1, () => Make(scope, kind, $"(({element})Lib.Logistic({{0}}))", fuel - 1, kind))
            .Pick();
    }

    private static Gen<Expression> Int(Scope scope, int fuel)
    {
        var (setting, kind) = (scope.Setting, Kind.Int);
        var choice = Variables(scope, kind, 4).Add(3, () => Literal("int"));
        if (fuel <= 0)
        {
            return choice.Pick();
        }

        if (setting.Element == "int")
        {
            FromTensors(scope, kind, fuel, choice);
        }

        return choice
            .Add(4, () => Gen.Elements("({0} + {1})", "({0} - {1})", "({0} * {1})", "({0} / ({1} | 1))", "({0} & {1})", "({0} ^ {1})", "({0} % 5 + {1})").SelectMany(template => Make(scope, kind, template, fuel - 1, kind, kind)))
            .Add(2, () => Gen.Elements("Lib.Square({0})", "Lib.Sum({0})", "({0} >> 1)", "Lib.Strict({0})", "Math.Abs({0} % 100)").SelectMany(template => Make(scope, kind, template, fuel - 1, kind)))
            .Add(1, () => Gen.Constant(Expression.Of(kind, "Lib.Tick()")))
            .Add(1, () => AnyShape(scope).SelectMany(shape => Gen.Elements("((int){0}.FlattenedLength)", "{0}.Rank", "((int){0}.Lengths[0])").SelectMany(template => Make(scope, kind, template, fuel - 1, setting.Tensor(shape)))))
            .Add(1, () => Make(scope, kind, "{0}.Length", fuel - 1, setting.Array))
            .Add(1, () => Make(scope, kind, "{0}.Length", fuel - 1, Kind.Text))
            .Add(setting.Element != "int" && setting.IsExact ? 1 : 0, () => Make(scope, kind, "((int)({0}))", fuel - 1, setting.Scalar))
            .Pick();
    }

    private static Choice<Expression> FromTensors(Scope scope, Kind kind, int fuel, Choice<Expression> choice)
    {
        var setting = scope.Setting;
        return choice
            .Add(4, () => AnyShape(scope).SelectMany(shape => Place(setting.RankOf(shape)).SelectMany(place => Make(scope, kind, $"{{0}}[{place}]", fuel - 1, setting.Tensor(shape)))))
            .Add(2, () => Make(scope, kind, "{0}[{1} & 1]", fuel - 1, setting.Array, Kind.Int))
            .Add(3, () => Reduced(scope, kind, setting.Element, fuel))
            .Add(1, () => Make(scope, kind, "({0} ? {1} : {2})", fuel - 1, Kind.Bool, kind, kind))
            .Add(setting.Rank == 2 ? 1 : 0, () => Make(scope, kind, $"TensorMath.MatMul<{setting.Element}>({{0}}, {{1}})[0, 0]", fuel - 1, setting.Tensor(Shape.Full), setting.Tensor(Shape.Turned)));
    }

    private static Gen<Expression> Reduced(Scope scope, Kind kind, string result, int fuel)
    {
        var reductions = Members(scope.Setting).Where(member => member.IsReduction && member.Result == result).ToArray();
        return AnyShape(scope).SelectMany(shape => Gen.Elements(reductions).SelectMany(member => Apply(scope, kind, member, shape, fuel - 1)));
    }

    private static Gen<Expression> Bool(Scope scope, int fuel)
    {
        var (setting, kind) = (scope.Setting, Kind.Bool);
        var choice = Variables(scope, kind, 4).Add(1, () => Gen.Elements("true", "false").Select(text => Expression.Of(kind, text)));
        return fuel <= 0 ? choice.Pick() : choice
            .Add(4, () => Gen.Elements("<", ">", "<=", "==", "!=").SelectMany(symbol => Make(scope, kind, $"({{0}} {symbol} {{1}})", fuel - 1, Kind.Int, Kind.Int)))
            .Add(2, () => Gen.Elements("<", ">", "==", ">=").SelectMany(symbol => Make(scope, kind, $"({{0}} {symbol} {{1}})", fuel - 1, setting.Scalar, setting.Scalar)))
            .Add(2, () => Gen.Elements("({0} && {1})", "({0} || {1})", "({0} ^ {1})").SelectMany(template => Make(scope, kind, template, fuel - 1, kind, kind)))
            .Add(1, () => Make(scope, kind, "!{0}", fuel - 1, kind))
            .Add(2, () => AnyShape(scope).SelectMany(shape => Make(scope, kind, "ReferenceEquals({0}, {1})", fuel - 1, setting.Tensor(shape), setting.Tensor(shape))))
            .Add(2, () => Reduced(scope, kind, "bool", fuel))
            .Add(1, () => AnyShape(scope).SelectMany(shape => Gen.Elements("{0}.IsDense", "{0}.IsEmpty").SelectMany(template => Make(scope, kind, template, fuel - 1, setting.Tensor(shape)))))
            .Add(1, () => AnyShape(scope).SelectMany(shape => Place(setting.RankOf(shape)).SelectMany(place => Make(scope, kind, $"{{0}}[{place}]", fuel - 1, Kind.Tensor("bool", shape)))))
            .Add(1, () => Make(scope, kind, "({0} == {1})", fuel - 1, Kind.Text, Kind.Text))
            .Pick();
    }

    private static Gen<Expression> Text(Scope scope, int fuel)
    {
        var kind = Kind.Text;
        var choice = Variables(scope, kind, 3).Add(2, () => Gen.Elements("\"\"", "\"x\"", "\"yz\"").Select(text => Expression.Of(kind, text)));
        return fuel <= 0 ? choice.Pick() : choice
            .Add(2, () => Gen.Elements("Lib.Name({0})", "$\"<{{{0}}}>\"", "(\"n\" + {0})").SelectMany(template => Make(scope, kind, template, fuel - 1, Kind.Int)))
            .Add(1, () => Make(scope, kind, "({0} + {1})", fuel - 1, kind, kind))
            .Add(1, () => Make(scope, kind, "({0} ? \"yes\" : {1})", fuel - 1, Kind.Bool, kind))
            .Pick();
    }

    private static Gen<Expression> Array(Scope scope, int fuel)
    {
        var (setting, kind) = (scope.Setting, scope.Setting.Array);
        var choice = Variables(scope, kind, 4).Add(1, () => Gen.Two(Literal(setting.Element)).Select(pair => Expression.Of(kind, $"new {kind.Type} {{{{ {{0}}, {{1}} }}}}", pair.Item1, pair.Item2)));
        return fuel <= 0 ? choice.Pick() : choice
            .Add(1, () => Make(scope, kind, "Lib.Pair({0}, {1})", fuel - 1, setting.Scalar, setting.Scalar))
            .Add(1, () => Make(scope, kind, $"new {kind.Type} {{{{ {{0}}, {{1}} }}}}", fuel - 1, setting.Scalar, setting.Scalar))
            .Pick();
    }
}
