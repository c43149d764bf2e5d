using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Reporting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Finds the calls that stay ordinary .NET and that the contract warns of (GW1001, or GW2001 where fallback is forbidden): outside the
/// operator table, with a tensor or data taken from one among arguments or result, or defined outside framework and project. Once per site in
/// source, wherever that was inlined. Runs on the function as bound, before fusion puts copies of operators in fallback paths.
/// </summary>
internal sealed class FallbackScan(Function function, GraphSettings settings, WeavingSession session, MethodReport report)
{
    private readonly HashSet<Value> taken = [];
    private readonly SourceNames names = new();
    private readonly SlotStores stores = new(function);
    private readonly Lazy<KernelSplits> splits = new(() => new KernelSplits(function));

    public void Run()
    {
        foreach (var instruction in function.Blocks.SelectMany(block => block.Instructions))
        {
            var isFallback = instruction.IsCall && IsFallback(instruction);
            if (IsTakenFromTensor(instruction))
            {
                taken.Add(instruction);
            }

            if (isFallback && !IsReportedElsewhere(instruction.Site) && report.FallbackSites.Add(instruction.Site))
            {
                Report(instruction);
            }
        }
    }

    private void Report(Instruction call)
    {
        var descriptor = settings.Fallback == FallbackPolicy.Warn ? DiagnosticCatalogue.Fallback : DiagnosticCatalogue.FallbackForbidden;
        if (settings.Fallback == FallbackPolicy.Allow || !session.ToldFallbacks.Add((descriptor.Code, call.Site)))
        {
            return;
        }

        var why = report.FailedCalls.TryGetValue(call.Site, out var failure)
            ? $"its arguments are constant, but {failure}"
            : new Origins(function, names, stores, session.Purity).OfVariables(call) ?? OnConstants(call);
        report.Diagnostics.Add(new Diagnostic(
            descriptor,
            $"'{new CallText(names, stores).Of(call)}' stays ordinary .NET: {why}. {splits.Value.Describe(call)} {descriptor.Advice}",
            SourceLocation.From(call.Location)));
    }

    /// <summary>A method that is woven itself and was inlined here as well speaks for itself.</summary>
    private bool IsReportedElsewhere(Site site) => site.Method is { } method && method != function.Method && session.Helpers.IsWovenItself(method);

    private string OnConstants(Instruction call) => settings.Fallback == FallbackPolicy.Off ? "with fallback Off nothing is executed in the build, whatever its arguments"
        : session.Purity.Of(call.Method!) is { Effect: Effect.Impure, Reason: var reason }
        ? $"its arguments are constant, but the build may not execute it ({reason})"
        : "its arguments are constant, but its value can be neither stored nor made once at start-up";

    private bool IsFallback(Instruction call)
    {
        var method = call.Method!;
        if (GeneratedTypes.Owns(method) || OperatorTable.Find(method) is not null || ViewTable.Find(method) is not null || WriteTable.Find(method) is not null || ViewTable.IsConversion(method)
            || IsConversionOfOperator(method) || IsOnSpanOfTensors(method) || IsExempt(method))
        {
            return false;
        }

        return TouchesTensor(call) || IsThirdParty(method);
    }

    private bool TouchesTensor(Instruction call) =>
        TensorTypes.IsTensor(call.Type) || call.Inputs.Any(input => TensorTypes.IsTensor(input.Type) || taken.Contains(input));

    /// <summary>Arrays and spans that came out of a tensor are its data still.</summary>
    private bool IsTakenFromTensor(Instruction instruction) =>
        instruction.Type is { } type
        && (type.IsArray || type.Name is "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1")
        && instruction.Inputs.Any(input => TensorTypes.IsTensor(input.Type) || taken.Contains(input));

    /// <summary>Every tensor argument of a span operator passes through one; it is part of the operator.</summary>
    private static bool IsConversionOfOperator(MethodReference method) => UnaryPlus.IsOnSpan(method)
        || (method.Name == "op_Implicit" && TensorTypes.IsTensor(method.DeclaringType));

    /// <summary>What takes tensors by the span has one made first, and spread, of references: no element is touched.</summary>
    private static bool IsOnSpanOfTensors(MethodReference method) =>
        method.DeclaringType is GenericInstanceType { ElementType.FullName: "System.Span`1" or "System.ReadOnlySpan`1", GenericArguments: [var element] } && TensorTypes.IsTensor(element);

    private bool IsThirdParty(MethodReference method) =>
        Assembly(method.DeclaringType) is { } assembly
        && assembly != function.Module.Assembly.Name.Name
        && assembly != OperatorTable.RuntimeAssembly
        && !IsFramework(assembly);

    private static bool IsFramework(string assembly) =>
        assembly == "System" || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.", StringComparison.Ordinal)
        || assembly is "mscorlib" or "netstandard";

    private static string? Assembly(TypeReference type) => type.GetElementType().Scope switch
    {
        AssemblyNameReference reference => reference.Name,
        ModuleDefinition module => module.Assembly.Name.Name,
        _ => null,
    };

    /// <summary>Calls nobody needs a word about: output, exceptions, tuples and delegates, automatic properties, what is marked itself or asked to stay eager.</summary>
    public static bool IsExempt(MethodReference method)
    {
        var type = method.DeclaringType;
        if (type.FullName is "System.Console" or "System.Diagnostics.Debug" or "System.Diagnostics.Trace" or "GraphWeaver.Graph"
            || type.Name.StartsWith("ILogger", StringComparison.Ordinal) || type.Name == "LoggerExtensions")
        {
            return true;
        }

        if (MethodNames.IsCompilerMade(type) && !method.Name.StartsWith("<", StringComparison.Ordinal))
        {
            // Helpers of collection expressions, closures, anonymous types: nobody wrote a call there.
            return true;
        }

        if (method.Name == ".ctor" && (IsA(type, "System.Exception") || IsDelegate(type) || type.FullName.StartsWith("System.ValueTuple`", StringComparison.Ordinal)))
        {
            return true;
        }

        return method.Resolve() is { } definition
            && (MarkedMethods.IsEager(definition) || (definition.Module == type.Module && (MarkedMethods.IsMarked(definition) || IsAutomaticAccessor(definition))));
    }

    public static bool IsDelegate(TypeReference type) => IsA(type, "System.MulticastDelegate");

    /// <summary>The accessor of an automatic property is a field access in all but name.</summary>
    private static bool IsAutomaticAccessor(MethodDefinition method) => method.IsSpecialName
        && !method.IsVirtual
        && method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");

    private static bool IsA(TypeReference type, string baseType)
    {
        for (var current = type.Resolve(); current is not null; current = current.BaseType?.Resolve())
        {
            if (current.FullName == baseType)
            {
                return true;
            }
        }

        return false;
    }
}
