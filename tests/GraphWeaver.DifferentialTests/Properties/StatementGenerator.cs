using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>Statements over what is in scope: assignments, in-place work, views, effects, control flow that ends.</summary>
internal static class StatementGenerator
{
    private const int Fuel = 4;

    public static Gen<ImmutableArray<Statement>> Some(Scope scope, int fuel, int most) =>
        from count in Gen.Choose(1, most)
        from statements in Gen.CollectToArray(Enumerable.Range(0, count).Select(_ => One(scope, fuel)))
        select statements.ToImmutableArray();

    private static Gen<Statement> One(Scope scope, int fuel)
    {
        var choice = new Choice<Statement>()
            .Add(9, () => AnyTensor(scope).SelectMany(kind => Assign(scope, kind)))
            .Add(10, () => InPlace(scope))
            .Add(6, () => IntoDestination(scope))
            .Add(5, () => WriteElement(scope))
            .Add(6, () => Gen.Elements(scope.Setting.Scalar, Kind.Int, Kind.Bool, Kind.Text).SelectMany(kind => Assign(scope, kind)))
            .Add(1, () => Assign(scope, scope.Setting.Array))
            .Add(3, () => Store(scope))
            .Add(5, () => Print(scope))
            .Add(5, () => Call(scope))
            .Add(3, () => Between(scope))
            .Add(3, () => Jump(scope));
        if (fuel > 0)
        {
            choice.Add(6, () => Branch(scope, fuel - 1))
                .Add(6, () => Loop(scope, fuel - 1))
                .Add(5, () => Guarded(scope, fuel - 1))
                .Add(8, () => View(scope, fuel - 1))
                .Add(3, () => Carried(scope))
                .Add(2, () => WrittenConstant(scope, fuel - 1))
                .Add(3, () => Function(scope, fuel - 1));
        }

        return choice.Pick();
    }

    private static Gen<Kind> AnyTensor(Scope scope) => ExpressionGenerator.AnyShape(scope).Select(shape => scope.Setting.Tensor(shape))
        .Where(kind => scope.Assignable(kind).Any());

    private static Gen<Expression> Value(Scope scope, Kind kind, int fuel = Fuel) => ExpressionGenerator.Of(scope, kind, fuel);

    /// <summary>Text over operands of given kinds.</summary>
    private static Gen<Statement> Make(Scope scope, string template, params Kind[] operands) =>
        Gen.CollectToArray(operands.Select(kind => Value(scope, kind))).Select(parts => Statement.Of(template, parts));

    private static Gen<Statement> Assign(Scope scope, Kind kind)
    {
        var targets = scope.Assignable(kind).ToArray();
        return targets.Length == 0 ? Print(scope)
            : from target in Gen.Elements(targets)
              from value in Value(scope, kind)
              select Statement.Of("{0} = {1};", Expression.Read(target), value);
    }

    /// <summary>A store that the caller sees even where what follows throws.</summary>
    private static Gen<Statement> Store(Scope scope, int fuel = Fuel) =>
        from field in Gen.Elements(scope.Variables.Where(variable => variable.Name is "F0" or "F1" or "F2" || (scope.Setting.ByReference && variable.Name is "c" or "s")).ToArray())
        from value in Value(scope, field.Kind, fuel)
        select Statement.Of("{0} = {1};", Expression.Read(field), value);

    /// <summary>Operators that write into their left operand; a tensor span has them too.</summary>
    private static Gen<Statement> InPlace(Scope scope)
    {
        var setting = scope.Setting;
        var targets = scope.Variables.Where(variable => variable.Kind.Shape != Shape.None && variable.Kind.Type != "Tensor<bool>").ToArray();
        return Gen.Elements(targets).SelectMany(target =>
        {
            var (read, tensor) = (Expression.Read(target), setting.Tensor(target.Kind.Shape));
            var isAssignable = target.IsAssignable || target.Kind.Type.StartsWith("TensorSpan", StringComparison.Ordinal);
            var symbols = setting.Element == "int" ? new[] { "+=", "-=", "*=", "&=", "|=", "^=", "/=" } : ["+=", "-=", "*=", "/="];
            return isAssignable
                ? new Choice<Statement>()
                    .Add(8, () => from symbol in Gen.Elements(symbols) from value in Value(scope, tensor) select Statement.Of($"{{0}} {symbol} {{1}};", read, value))
                    .Add(6, () => from symbol in Gen.Elements(symbols) from value in Value(scope, setting.Scalar) select Statement.Of($"{{0}} {symbol} {{1}};", read, value))
                    .Add(1, () => Gen.Elements("++", "--").Select(symbol => Statement.Of($"{{0}}{symbol};", read)))
                    .Add(setting.Element == "int" ? 1 : 0, () => from symbol in Gen.Elements("<<=", ">>=", ">>>=") from value in Value(scope, Kind.Int) select Statement.Of($"{{0}} {symbol} {{1}};", read, value))
                    .Pick()
                : Make(scope, $"{target.Name}.Fill({{0}});", setting.Scalar);
        });
    }

    /// <summary>An operator that writes into a tensor or a span it is given.</summary>
    private static Gen<Statement> IntoDestination(Scope scope)
    {
        var setting = scope.Setting;
        var targets = scope.Variables.Where(variable => variable.Kind.Shape != Shape.None && variable.Kind.Type != "Tensor<bool>").ToArray();
        var members = ExpressionGenerator.Members(setting).Where(member => member.Destination is not null && member.Result == setting.Element).ToArray();
        return
            from target in Gen.Elements(targets)
            from member in Gen.Frequency((1, Gen.Elements(members)), (1, Gen.Elements(members.Where(member => member.Row.Name is "Add" or "Subtract" or "Multiply" or "Max").ToArray())))
            from kinds in ExpressionGenerator.Operands(scope, member, target.Kind.Shape)
            from operands in Gen.CollectToArray(kinds.Select(kind => Value(scope, kind, 2)))
            let all = operands.Append(Expression.Read(target)).ToImmutableArray()
            select new Statement(member.Destination + ";", all, [], Noisy: member.IsExact ? null : $"Noise.Of({member.Template}).CopyTo({{{operands.Length}}});");
    }

    private static Gen<Statement> WriteElement(Scope scope)
    {
        var setting = scope.Setting;
        var targets = scope.Variables.Where(variable => variable.Kind.Shape != Shape.None && variable.Kind.Type != "Tensor<bool>").ToArray();
        return new Choice<Statement>()
            .Add(6, () =>
                from target in Gen.Elements(targets)
                from place in ExpressionGenerator.Place(setting.RankOf(target.Kind.Shape))
                from symbol in Gen.Elements("=", "=", "+=", "*=")
                from value in Value(scope, setting.Scalar)
                select Statement.Of($"{{0}}[{place}] {symbol} {{1}};", Expression.Read(target), value))
            .Add(3, () =>
                from target in Gen.Elements(scope.Of(setting.Array).ToArray())
                from value in Gen.Two(Value(scope, Kind.Int)).Zip(Value(scope, setting.Scalar))
                select Statement.Of("{0}[{1} & 1] += {2};", Expression.Read(target), value.Item1.Item1, value.Item2))
            .Add(2, () => Make(scope, setting.Rank == 1 ? "{0}[1..^1] = {1};" : "{0}[1..^1, 1..] = {1};", setting.Tensor(Shape.Full), setting.Tensor(Shape.Inner)))
            .Pick();
    }

    private static Gen<Statement> Print(Scope scope) => new Choice<Statement>()
        .Add(3, () => Make(scope, "Console.Write({0});", Kind.Text))
        .Add(2, () => Make(scope, "Console.Write({0});", Kind.Int))
        .Add(scope.Setting.IsExact ? 2 : 0, () => Make(scope, "Console.WriteLine({0}.ToString(System.Globalization.CultureInfo.InvariantCulture));", scope.Setting.Scalar))
        .Add(1, () => Make(scope, "Console.Write($\"{{{0}}}{{{1}}};\");", Kind.Int, Kind.Text))
        .Pick();

    private static Gen<Statement> Call(Scope scope)
    {
        var (setting, scalar) = (scope.Setting, scope.Setting.Scalar);
        var choice = new Choice<Statement>()
            .Add(3, () => ExpressionGenerator.AnyShape(scope).SelectMany(shape => Gen.Elements("Lib.Put({0}, {1});", "Lib.Bump({0}, {1});", "{0}.Fill({1});").SelectMany(template => Make(scope, template, setting.Tensor(shape), scalar))))
            .Add(1, () => ExpressionGenerator.AnyShape(scope).SelectMany(shape => Make(scope, "{0}.CopyTo({1});", setting.Tensor(shape), setting.Tensor(shape))))
            .Add(1, () => ExpressionGenerator.AnyShape(scope).SelectMany(shape => Gen.Elements("_ = {0};", "Lib.Keep({0});", "Lib.Loud({0});").SelectMany(template => Make(scope, template, setting.Tensor(shape)))))
            .Add(1, () => Make(scope, "Lib.Set({0}, {1}, {2});", setting.Array, Kind.Int, scalar))
            .Add(1, () => Gen.Constant(Statement.Of("Lib.Tick();")));
        foreach (var kind in new[] { setting.Tensor(Shape.Full), setting.Tensor(Shape.Fixed), scalar, Kind.Int })
        {
            var targets = scope.Assignable(kind).ToArray();
            choice.Add(targets.Length > 1 ? 2 : 0, () => from pair in Gen.Two(Gen.Elements(targets))
                                                         from template in Gen.Elements("Lib.Swap(ref {0}, ref {1});", "({0}, {1}) = ({1}, {0});")
                                                         select Statement.Of(template, Expression.Read(pair.Item1), Expression.Read(pair.Item2)));
            choice.Add(targets.Length > 1 && kind.Shape != Shape.None ? 2 : 0, () => from pair in Gen.Two(Gen.Elements(targets))
                                                                                    from value in Value(scope, kind)
                                                                                    select Statement.Of("Lib.Split({2}, out {0}, out {1});", Expression.Read(pair.Item1), Expression.Read(pair.Item2), value));
            choice.Add(targets.Length > 0 && kind.Shape == Shape.None ? 2 : 0, () => from target in Gen.Elements(targets)
                                                                                     from value in Value(scope, kind)
                                                                                     select Statement.Of("Lib.Add(ref {0}, {1});", Expression.Read(target), value));
        }

        return choice.Pick();
    }

    /// <summary>Two operators of one kernel, but for what stands between them: the first may throw before it, the second see what it did.</summary>
    private static Gen<Statement> Between(Scope scope)
    {
        var full = scope.Setting.Tensor(Shape.Full);
        var targets = scope.Assignable(full).ToArray();
        var effect = new Choice<Statement>().Add(6, () => Store(scope, 1)).Add(1, () => WriteElement(scope)).Add(1, () => Call(scope)).Pick();
        return
            from symbol in Gen.Elements("+", "-", "*")
            from results in Gen.Two(Gen.Elements(targets))
            from other in Gen.Frequency((3, Gen.Constant(Shape.Full)), (1, ExpressionGenerator.AnyShape(scope)))
            from operands in Operands(scope, 0, full, scope.Setting.Tensor(other), full)
            from made in With(
                $"{{0}} = ({{2}} {symbol} {{3}}); {{5}} {{1}} = ({{0}} {symbol} {{4}});",
                Gen.Constant((Expression[])[Expression.Read(results.Item1), Expression.Read(results.Item2), .. operands]),
                effect.Select(statement => new Block([statement])))
            select made;
    }

    private static Gen<Statement> Jump(Scope scope)
    {
        var setting = scope.Setting;
        return new Choice<Statement>()
            .Add(1, () => Make(scope, "if ({0}) {{ throw new InvalidOperationException({1}); }}", Kind.Bool, Kind.Text))
            .Add(scope.Is(Place.Loop) ? 3 : 0, () => from word in Gen.Elements("break", "continue")
                                                     from condition in Value(scope, Kind.Bool)
                                                     select Statement.Of($"if ({{0}}) {{{{ {word}; }}}}", condition) with { Needs = Place.Loop })
            .Add(scope.Is(Place.Method | Place.Leavable) ? 2 : 0, () => (setting.Result.Type == "void" ? Make(scope, "if ({0}) {{ return; }}", Kind.Bool)
                : from condition in Value(scope, Kind.Bool)
                  from value in ProgramGenerator.Result(scope)
                  select Statement.Of("if ({0}) {{ return {1}; }}", condition, value)).Select(statement => statement with { Needs = Place.Method | Place.Leavable }))
            .Pick();
    }

    private static Gen<Block> Body(Scope scope, int fuel, Variable? declares = null, Place adds = Place.Anywhere, Place removes = Place.Anywhere) =>
        Some(scope.Inside(declares, adds, removes), fuel, 3).Select(statements => new Block(statements, declares, adds, removes));

    private static Gen<Statement> With(string template, Gen<Expression[]> operands, params Gen<Block>[] blocks) =>
        from parts in operands
        from bodies in Gen.CollectToArray(blocks)
        select new Statement(template, [.. parts], [.. bodies]);

    private static Gen<Expression[]> Operands(Scope scope, params Kind[] kinds) => Operands(scope, 2, kinds);

    private static Gen<Expression[]> Operands(Scope scope, int fuel, params Kind[] kinds) => Gen.CollectToArray(kinds.Select(kind => Value(scope, kind, fuel)));

    private static Gen<Statement> Branch(Scope scope, int fuel) => new Choice<Statement>()
        .Add(3, () => With("if ({0}) {1}", Operands(scope, Kind.Bool), Body(scope, fuel)))
        .Add(3, () => With("if ({0}) {1} else {2}", Operands(scope, Kind.Bool), Body(scope, fuel), Body(scope, fuel)))
        .Add(2, () => With("switch ({0} & 3) {{ case 0: {1} break; case 2: {2} break; default: {3} break; }}", Operands(scope, Kind.Int),
            Body(scope, fuel, removes: Place.Loop), Body(scope, fuel, removes: Place.Loop), Body(scope, fuel, removes: Place.Loop)))
        .Pick();

    private static Gen<Statement> Loop(Scope scope, int fuel)
    {
        var counter = new Variable(scope.Name("i"), Kind.Int, IsAssignable: false);
        var item = new Variable(scope.Name("x"), scope.Setting.Scalar, IsAssignable: false);
        var (name, element) = (counter.Name, scope.Setting.Element);
        return new Choice<Statement>()
            .Add(4, () => Gen.Elements("2", "3", "n & 3", "v.Length").SelectMany(trips => With($"for (int {name} = 0; {name} < ({trips}); {name}++) {{0}}", Operands(scope), Body(scope, fuel, counter, Place.Loop))))
            .Add(2, () => With($"for (int {name} = {{0}} & 3; {name} > 0; {name}--) {{1}}", Operands(scope, Kind.Int), Body(scope, fuel, counter, Place.Loop)))
            .Add(2, () => With($"for (int {name} = 0; {{0}} && {name}++ < 3;) {{1}}", Operands(scope, Kind.Bool), Body(scope, fuel, counter, Place.Loop)))
            .Add(1, () => With($"{{{{ int {name} = 0; do {{0}} while ({name}++ < 2); }}}}", Operands(scope), Body(scope, fuel, counter, Place.Loop)))
            .Add(2, () => With($"foreach ({element} {item.Name} in {{0}}) {{1}}", Operands(scope, scope.Setting.Array), Body(scope, fuel, item, Place.Loop)))
            .Add(1, () => With($"foreach ({element} {item.Name} in {{0}}) {{1}}", Operands(scope, scope.Setting.Tensor(Shape.Fixed)), Body(scope, fuel, item, Place.Loop)))
            .Pick();
    }

    /// <summary>A tensor that each trip makes of the one before, and that one trip may keep.</summary>
    private static Gen<Statement> Carried(Scope scope)
    {
        var (name, full) = (scope.Name("i"), scope.Setting.Tensor(Shape.Full));
        return
            from trips in Gen.Elements("n", "v.Length")
            from keep in Gen.Elements("", "F0 = {0};", "Lib.Keep({0});", "{1} = {0};")
            from targets in Gen.Two(Gen.Elements(scope.Assignable(full).ToArray()))
            from operands in Operands(scope, 0, scope.Setting.Scalar, full)
            select Statement.Of(
                $"for (int {name} = 0; {name} < {trips}; {name}++) {{{{ {{0}} = ({{0}} * {{2}} + {{3}}); if ({name} == 1) {{{{ {keep} }}}} }}}}",
                [Expression.Read(targets.Item1), Expression.Read(targets.Item2), .. operands]);
    }

    /// <summary>A tensor the build knows until the program writes to it.</summary>
    private static Gen<Statement> WrittenConstant(Scope scope, int fuel)
    {
        var (element, scalar, constant) = (scope.Setting.Element, scope.Setting.Scalar, new Variable(scope.Name("u"), scope.Setting.Tensor(Shape.Fixed)));
        return
            from items in Gen.CollectToArray(Enumerable.Repeat(ExpressionGenerator.Literal(element), 3))
            from value in Value(scope, scalar, 1)
            from symbol in Gen.Elements("+=", "-=", "*=")
            from look in Gen.Elements("F1 = {0}[0];", "F1 = Tensor.Max<{1}>({0});", "")
            from made in With(
                $"{{{{ var {constant.Name} = Tensor.Create<{element}>(new {element}[] {{{{ {{0}}, {{1}}, {{2}} }}}}); {constant.Name} {symbol} {{3}}; {Templates.Fill(look, [constant.Name, element])} {{4}} }}}}",
                Gen.Constant((Expression[])[.. items, value]),
                Body(scope, fuel, constant))
            select made;
    }

    private static Gen<Statement> Guarded(Scope scope, int fuel)
    {
        var name = scope.Name("e");
        var message = new Variable(name + ".Message", Kind.Text, IsAssignable: false);
        Gen<Block> Handler() => Body(scope, fuel, message);
        Gen<Block> Finally() => Body(scope, fuel, removes: Place.Loop | Place.Leavable);
        return new Choice<Statement>()
            .Add(3, () => With($"try {{0}} catch (ArgumentException {name}) {{1}}", Operands(scope), Body(scope, fuel), Handler()))
            .Add(3, () => With($"try {{0}} catch (Exception {name}) {{1}}", Operands(scope), Body(scope, fuel), Handler()))
            .Add(2, () => With("try {0} finally {1}", Operands(scope), Body(scope, fuel), Finally()))
            .Add(1, () => With($"try {{0}} catch (InvalidOperationException {name}) {{1}} finally {{2}}", Operands(scope), Body(scope, fuel), Handler(), Finally()))
            .Add(1, () => With($"try {{1}} catch (Exception {name}) when ({{0}}) {{2}}", Operands(scope, Kind.Bool), Body(scope, fuel), Handler()))
            .Pick();
    }

    /// <summary>A name for a tensor, a view of one, a span over one, or one of its elements, and a block that works on it.</summary>
    private static Gen<Statement> View(Scope scope, int fuel)
    {
        var (setting, name, element) = (scope.Setting, scope.Name("u"), scope.Setting.Element);
        return ExpressionGenerator.AnyShape(scope).SelectMany(shape =>
        {
            var tensor = new Variable(name, setting.Tensor(shape));
            var span = new Variable(name, Kind.Span(element, shape), IsAssignable: false, IsCapturable: false);
            return new Choice<Statement>()
                .Add(4, () => With($"{{{{ var {name} = {{0}}; {{1}} }}}}", Operands(scope, tensor.Kind), Body(scope, fuel, tensor)))
                .Add(4, () => With($"{{{{ {span.Kind.Type} {name} = {{0}}.AsTensorSpan(); {{1}} }}}}", Operands(scope, tensor.Kind), Body(scope, fuel, span)))
                .Add(1, () => With($"{{{{ {span.Kind.Type} {name} = {{0}}; {{1}} }}}}", Operands(scope, tensor.Kind), Body(scope, fuel, span)))
                .Add(1, () => from place in ExpressionGenerator.Place(setting.RankOf(shape))
                              let reference = new Variable(name, setting.Scalar, IsCapturable: false)
                              from made in With($"{{{{ ref {element} {name} = ref {{0}}[{place}]; {{1}} }}}}", Operands(scope, tensor.Kind), Body(scope, fuel, reference))
                              select made)
                .Pick();
        });
    }

    private static Gen<Statement> Function(Scope scope, int fuel)
    {
        if (scope.Setting.Container == Container.Struct)
        {
            return Branch(scope, fuel);
        }

        var name = scope.Name("f");
        var inside = Some(scope.InLambda(), fuel, 2).Select(statements => new Block(statements, null, Place.Anywhere, Place.Loop | Place.Method));
        return Gen.Elements($"{{{{ Action {name} = () => {{0}}; {name}(); }}}}", $"{{{{ void {name}() {{0}} {name}(); {name}(); }}}}")
            .SelectMany(template => With(template, Operands(scope), inside));
    }
}
