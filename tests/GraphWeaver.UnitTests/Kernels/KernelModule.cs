using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// An assembly made in memory that holds kernels and, beside them, plain calls of the eager operators (reflection cannot pass the spans
/// they take). It references System.Runtime as a user's assembly does.
/// </summary>
internal sealed class KernelModule
{
    private readonly ModuleDefinition module = ModuleDefinition.CreateModule("Kernels" + Guid.NewGuid().ToString("N"), ModuleKind.Dll);
    private readonly TypeDefinition container;
    private Assembly? loaded;

    public KernelModule()
    {
        module.AssemblyReferences.Add(new AssemblyNameReference("System.Runtime", new Version(10, 0, 0, 0))
        {
            PublicKeyToken = [0xb0, 0x3f, 0x5f, 0x7f, 0x11, 0xd5, 0x0a, 0x3a],
        });
        container = new TypeDefinition("", "Container", TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(container);
    }

    public ModuleDefinition Module => module;

    /// <summary>The System types of every method and field the kernels use, by the assembly they are taken from.</summary>
    public IEnumerable<string> ReferencedAssemblies => module.AssemblyReferences.Select(reference => reference.Name);

    public MethodReference Import(MethodInfo method) => module.ImportReference(method);

    public void AddKernel(string name, KernelGraph graph) => KernelEmitter.Emit(module, container, graph, name);

    /// <summary>Adds a method that calls <paramref name="eager"/> with tensors where it wants spans.</summary>
    public void AddEager(string name, MethodInfo eager)
    {
        MethodReference target = module.ImportReference(eager);
        var method = new MethodDefinition(
            name, MethodAttributes.Public | MethodAttributes.Static, module.ImportReference(eager.ReturnType));
        ILProcessor il = method.Body.GetILProcessor();
        method.Body.InitLocals = true;
        foreach (ParameterInfo parameter in eager.GetParameters())
        {
            Type type = parameter.ParameterType;
            if (!type.IsByRef)
            {
                method.Parameters.Add(new ParameterDefinition(module.ImportReference(type.IsEnum ? typeof(int) : type)));
                il.Emit(OpCodes.Ldarg, method.Parameters[^1]);
                continue;
            }

            Type span = type.GetElementType()!;
            Type tensor = typeof(Tensor<>).MakeGenericType(span.GetGenericArguments());
            method.Parameters.Add(new ParameterDefinition(module.ImportReference(tensor)));
            var local = new VariableDefinition(module.ImportReference(span));
            method.Body.Variables.Add(local);
            il.Emit(OpCodes.Ldarg, method.Parameters[^1]);
            il.Emit(OpCodes.Call, module.ImportReference(tensor.GetMethods().Single(candidate =>
                candidate.Name == "op_Implicit" && candidate.ReturnType == span && candidate.GetParameters()[0].ParameterType == tensor)));
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
        }

        il.Emit(OpCodes.Call, target);
        il.Emit(OpCodes.Ret);
        container.Methods.Add(method);
    }

    /// <summary>Calls a kernel.</summary>
    /// <returns>Its answer, and its outputs.</returns>
    public (bool Ran, object?[] Outputs) Run(string name, params object?[] inputs)
    {
        MethodInfo method = Loaded(name);
        object?[] arguments = [.. inputs, .. new object?[method.GetParameters().Length - inputs.Length]];
        bool ran = (bool)method.Invoke(null, arguments)!;
        return (ran, arguments[inputs.Length..]);
    }

    /// <summary>Calls an eager operator.</summary>
    /// <returns>Its result, or the exception it threw.</returns>
    public object? Eager(string name, params object?[] inputs)
    {
        try
        {
            return Loaded(name).Invoke(null, inputs);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    public TDelegate Delegate<TDelegate>(string name)
        where TDelegate : Delegate => Loaded(name).CreateDelegate<TDelegate>();

    private MethodInfo Loaded(string name)
    {
        if (loaded is null)
        {
            using var stream = new MemoryStream();
            module.Write(stream);
            loaded = Assembly.Load(stream.ToArray());
        }

        return loaded.GetType("Container")!.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
    }
}
