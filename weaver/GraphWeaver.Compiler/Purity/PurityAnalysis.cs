using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Decides what may be executed in the build, default no: the author's word first, then the curated table, else the effects of
/// the method's own IL and of everything it calls. A cycle is pure when nothing in it is impure; a verdict that leans on a
/// method still being read is kept only when that method's is.
/// </summary>
public sealed class PurityAnalysis
{
    private const int MostMethods = 400;
    private const int DeepestCalls = 40;
    private const int OverBudget = -1;
    private readonly IAssemblyBodies bodies;
    private readonly Vouching vouching;
    private readonly ImmutableTypes immutable;
    private readonly InputRules rules;
    private readonly Dispatch dispatch;
    private readonly Answers answers;
    private readonly Dictionary<string, Finding> settled = [];
    private readonly Dictionary<string, int> open = [];
    private int budget;

    /// <summary>The shallowest method still being read that what was found since it was last set leans on.</summary>
    private int leansOn = int.MaxValue;

    public PurityAnalysis(IAssemblyBodies bodies)
    {
        this.bodies = bodies;
        vouching = new Vouching(bodies.UserModule);
        immutable = new ImmutableTypes(bodies);
        dispatch = new Dispatch(bodies);
        answers = new Answers(this, bodies);
        rules = new InputRules(new TextForms(this, bodies, dispatch), bodies);
    }

    /// <summary>The verdict on a call about whose inputs nothing is known: on any receiver the method can be called on.</summary>
    public PurityVerdict Of(MethodReference method) => Of(method, []);

    /// <summary>The verdict on a call, virtual or not, on a receiver of exactly this type.</summary>
    public PurityVerdict Of(MethodReference method, TypeReference exactReceiver) => Of(method, [new KnownInput(exactReceiver, IsExact: true)]);

    /// <summary>The verdict on a call with these inputs.</summary>
    /// <param name="method">The callee, as the call names it.</param>
    /// <param name="inputs">In stack order, the receiver first unless it is a new object; fewer than there are when the rest is not known.</param>
    public PurityVerdict Of(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        budget = MostMethods;
        var finding = Call(method, inputs, isVirtual: true);
        var definition = bodies.Find(method);
        if (method.Name == ".ctor" && !finding.IsImpure && bodies.Find(method.DeclaringType) is { } made)
        {
            finding = answers.Of(made) ?? finding;
        }

        var via = finding.Chain.Count == 0 ? "" : " via " + string.Join(", ", finding.Chain);
        var aliases = !finding.IsImpure && definition is not null && vouching.Find(method, definition) is not null && new StaticAliases(bodies).MayReach(definition);
        return new PurityVerdict(finding.Effect, finding.Reason + via, aliases);
    }

    /// <summary>Whether more knowledge of its inputs may change the verdict on a call: a virtual one, or one whose row in the table names a rule.</summary>
    public bool DependsOnInputs(MethodReference method) => bodies.Find(method) is not { } definition || definition.IsVirtual || Row(method, definition) is { Rule.Length: > 0 };

    /// <summary>
    /// What making an object of this type without a constructor call, as <c>box</c> and <c>initobj</c> do, answers for: the members
    /// that framework code may call on it.
    /// </summary>
    public PurityVerdict OfMaking(TypeReference type)
    {
        budget = MostMethods;
        return bodies.Find(type) is { } definition && answers.Of(definition) is { } finding
            ? new PurityVerdict(finding.Effect, finding.Reason + " via " + string.Join(", ", finding.Chain))
            : new PurityVerdict(Effect.Pure, "its code has no other effect");
    }

    /// <summary>Whether the table vouches for the objects that a library keeps in its read-only statics: factories, as a rule.</summary>
    public static bool IsVouchedFor(FieldReference field) => !field.DeclaringType.Namespace.StartsWith("System", StringComparison.Ordinal)
        && PurityTable.Curated.Find(new MethodReference(".cctor", field.Module.TypeSystem.Void, field.DeclaringType)) is { Effect: not Effect.Impure };

    /// <summary>Whether an author has said something of a method: that it stays eager, or that the build may execute it.</summary>
    public bool HasWord(MethodDefinition method) => vouching.Find(method, method) is not null;

    /// <summary>Whether no code can change a value of this type, so that one stored copy serves every call.</summary>
    public bool IsImmutable(TypeReference type) => immutable.Contains(type);

    /// <summary>Judges a call as it may be dispatched.</summary>
    internal Finding Call(MethodReference callee, IReadOnlyList<KnownInput> inputs, bool isVirtual)
    {
        if (callee.DeclaringType is ArrayType)
        {
            return callee.Name is "Set" or "Address" ? Finding.Mutates("writes an array") : Finding.Pure("reads or makes an array");
        }

        if (callee.Name is "Invoke" or ".ctor" && Framework.IsDelegate(bodies.Find(callee.DeclaringType)))
        {
            return callee.Name == "Invoke" ? Finding.Mutates("whoever made the delegate answers for it") : Finding.Pure("makes a delegate");
        }

        if (callee is GenericInstanceMethod { Name: "CreateInstance", DeclaringType.FullName: "System.Activator" } maker && bodies.Find(maker.GenericArguments[0]) is { } type)
        {
            return Create(maker.GenericArguments[0], type);
        }

        var definition = bodies.Find(callee);
        var receiver = inputs.Count > 0 && callee.HasThis ? inputs[0] : KnownInput.Unknown;
        if (callee is { Name: "ToString", HasThis: true, Parameters.Count: 0 } && receiver.Type is not null && isVirtual)
        {
            return rules.Text(receiver);
        }

        if (!isVirtual || definition is not { IsVirtual: true } || Vouched(callee, definition) is not null)
        {
            return Find(callee, inputs);
        }

        var declared = Row(callee, definition);
        if (receiver is { Type: { } exact, IsExact: true })
        {
            return OnExact(callee, exact, declared, inputs);
        }

        if (definition.IsFinal || definition.DeclaringType.IsSealed || declared is not null)
        {
            return Find(callee, inputs);
        }

        var targets = dispatch.Everywhere(definition);
        if (Framework.Owns(definition.DeclaringType))
        {
            var own = Find(callee, inputs);
            return own.IsImpure ? own : Finding.Impure($"calls {UserNames.Of(callee)}, which may be overridden");
        }

        return Worst([.. definition.HasBody ? [callee] : Array.Empty<MethodReference>(), .. targets], callee);
    }

    /// <summary>Judges exactly this method.</summary>
    internal Finding Find(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        var definition = bodies.Find(method);
        if (Vouched(method, definition) is { } vouched)
        {
            return vouched;
        }

        if (Numerals.Find(method, definition) is { } numeral)
        {
            return Curated(numeral, method, definition, inputs);
        }

        if (Row(method, definition) is { } row)
        {
            return Curated(row, method, definition, inputs);
        }

        var key = PurityTable.AssemblyOf(method.DeclaringType) + method.FullName;
        if (settled.TryGetValue(key, out var known))
        {
            return known;
        }

        if (open.TryGetValue(key, out var depth))
        {
            leansOn = Math.Min(leansOn, depth);
            return Finding.Pure("calls itself");
        }

        if (definition is not { HasBody: true })
        {
            var why = definition is null ? "calls code that is not there" : definition.IsAbstract ? "calls code that is not known" : "calls native code";
            return settled[key] = Finding.Impure($"{why} ({UserNames.Of(method)})");
        }

        if (--budget < 0 || open.Count >= DeepestCalls)
        {
            leansOn = OverBudget;
            return Finding.Impure($"calls more code than is looked at ({UserNames.Of(method)})");
        }

        var outer = leansOn;
        leansOn = int.MaxValue;
        var own = open[key] = open.Count;
        var finding = new EffectAnalysis(this, bodies, immutable, answers).Read(method, definition);
        open.Remove(key);
        if (leansOn >= own || (finding.IsImpure && leansOn != OverBudget))
        {
            leansOn = int.MaxValue;
            settled[key] = finding;
        }

        leansOn = Math.Min(leansOn, outer);
        return finding;
    }

    /// <summary>All of the methods a call may reach are judged as one; none known is impure.</summary>
    internal Finding Worst(IReadOnlyList<MethodReference> targets, MethodReference callee)
    {
        var worst = targets.Count == 0 ? Finding.Impure($"calls code that is not known ({UserNames.Of(callee)})") : Finding.Pure("its code has no other effect");
        foreach (var target in targets)
        {
            var finding = Find(target, []);
            if (finding.Effect > worst.Effect)
            {
                worst = finding;
            }
        }

        return worst;
    }

    /// <summary>The methods a call reaches on a receiver of exactly this type, or those a static abstract call reaches.</summary>
    internal Finding OnExact(MethodReference callee, TypeReference exact, PurityTable.Row? declared, IReadOnlyList<KnownInput> inputs)
    {
        var type = bodies.Find(exact);
        if (exact is ArrayType || (type is not null && Framework.Owns(type) && declared is { Effect: not Effect.Impure }))
        {
            return Find(callee, inputs);
        }

        var finding = Worst(dispatch.On(exact, callee), callee);
        return finding.Effect == Effect.Pure && declared is { Effect: Effect.MutatesArguments } ? finding with { Effect = Effect.MutatesArguments } : finding;
    }

    /// <summary>What <c>new T()</c> does once T is known.</summary>
    private Finding Create(TypeReference made, TypeDefinition type)
    {
        var constructor = type.Methods.FirstOrDefault(method => method is { Name: ".ctor", HasParameters: false });
        var finding = constructor is not null ? Find(Closing.On(constructor, made), [])
            : type.IsValueType ? Finding.Pure("makes a zero value") : Finding.Impure($"makes a {UserNames.Of(type)}, which is not known");
        return finding.IsImpure ? finding : answers.Of(type) ?? finding;
    }

    private Finding? Vouched(MethodReference method, MethodDefinition? definition) => vouching.Find(method, definition) switch
    {
        null => null,
        { Effect: Effect.Impure } verdict => Finding.Impure($"{UserNames.Of(method)} {verdict.Reason}"),
        { } verdict => new Finding(Harmless(verdict.Effect, definition), verdict.Reason, []),
    };

    /// <summary>Rows are about the framework and libraries; the user's module is read, but for what the compiler put there.</summary>
    private PurityTable.Row? Row(MethodReference method, MethodDefinition? definition) =>
        definition?.Module == bodies.UserModule && definition?.DeclaringType.FullName.StartsWith("<", StringComparison.Ordinal) != true
            ? null
            : (definition is null ? null : PurityTable.Curated.Find(definition)) ?? PurityTable.Curated.Find(method) ?? Exceptional(method);

    private Finding Curated(PurityTable.Row row, MethodReference method, MethodDefinition? definition, IReadOnlyList<KnownInput> inputs)
    {
        var finding = rules.Judge(row, method, inputs);
        if (finding.IsImpure)
        {
            return finding;
        }

        // A span's constructor is how the compiler wraps stack memory and data of the assembly.
        var isSpan = method is { Name: ".ctor", DeclaringType.Name: "Span`1" or "ReadOnlySpan`1" };
        if (!isSpan && definition is not null && definition.Parameters.Any(parameter => parameter.ParameterType is PointerType or FunctionPointerType))
        {
            return Finding.Impure($"{UserNames.Of(method)} uses pointers");
        }

        if (method.Name.EndsWith("Estimate", StringComparison.Ordinal))
        {
            return Finding.Impure($"{UserNames.Of(method)} depends on the processor");
        }

        if (answers.OfArguments(method) is { } failure)
        {
            return failure;
        }

        var effect = finding.Effect == Effect.Pure && definition is not null && immutable.WritesThroughParameters(definition) ? Effect.MutatesArguments : finding.Effect;
        return finding with { Effect = Harmless(effect, definition) };
    }

    private Effect Harmless(Effect effect, MethodDefinition? definition) =>
        effect == Effect.MutatesArguments && definition is not null && !immutable.IsGivenMutable(definition) ? Effect.Pure : effect;

    /// <summary>Exceptions of the framework only remember what they are given.</summary>
    private PurityTable.Row? Exceptional(MethodReference method)
    {
        var type = bodies.Find(method.DeclaringType);
        if (type is null || !Framework.Owns(type) || !type.Name.EndsWith("Exception", StringComparison.Ordinal))
        {
            return null;
        }

        return method.Name is ".ctor" or "get_Message" or "get_InnerException" or "get_ParamName" || method.Name.StartsWith("Throw", StringComparison.Ordinal)
            ? new PurityTable.Row(Effect.Pure, method.Name == "get_Message" ? "message" : "", "makes or throws an exception")
            : null;
    }
}
