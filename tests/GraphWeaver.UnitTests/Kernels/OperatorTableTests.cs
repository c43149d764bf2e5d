using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>The operator table against the real package, in both directions.</summary>
public sealed class OperatorTableTests
{
    /// <summary>At most so many members that compute values are left to .NET.</summary>
    private const int MostFallbacks = 10;

    private static readonly MethodInfo[] members = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    [Fact]
    public void Every_method_of_the_package_is_in_the_table_or_excluded_with_a_reason()
    {
        var module = new KernelModule();
        var missing = new List<string>();
        foreach (MethodInfo definition in members)
        {
            Assert.True(definition.IsGenericMethodDefinition, definition.ToString());
            foreach (ElementType type in ElementTypes.Numeric.Where(type => !IsExcluded(definition.Name, type)))
            {
                if (EagerOperators.For(definition, type, ElementType.Double) is { } method
                    && OperatorTable.Find(module.Import(method)) is null)
                {
                    missing.Add($"{type.Keyword()}: {method}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    [Fact]
    public void Every_exclusion_names_methods_of_the_package_that_the_table_does_not_have()
    {
        var module = new KernelModule();
        foreach (ExcludedMember excluded in ExcludedMembers.All)
        {
            MethodInfo[] named = [.. members.Where(method => method.Name == excluded.Name)];
            Assert.NotEmpty(named);
            foreach (ElementType type in excluded.Types ?? ElementTypes.Numeric)
            {
                Assert.All(named, method => Assert.True(
                    EagerOperators.For(method, type, ElementType.Double) is not { } closed || OperatorTable.Find(module.Import(closed)) is null, $"{type}: {method}"));
            }
        }

        Assert.Equal(ExcludedMembers.All.Count, ExcludedMembers.All.Select(excluded => excluded.Name).Distinct().Count());
        Assert.InRange(ExcludedMembers.All.Count(excluded => excluded.Class == ExclusionClass.Fallback), 0, MostFallbacks);
    }

    private static bool IsExcluded(string name, ElementType type) =>
        ExcludedMembers.All.Any(excluded => excluded.Name == name && (excluded.Types is null || excluded.Types.Contains(type)));

    [Theory]
    [MemberData(nameof(RowsOfThePackage))]
    public void Every_row_finds_its_members_in_the_package_for_each_of_its_types(string name)
    {
        OperatorRow row = OperatorTable.Row(name);
        var module = new KernelModule();
        foreach (string member in row.Members)
        {
            foreach (ElementType type in ElementTypes.Numeric.Where(type => row.EmissionFor(type) is not null))
            {
                Assert.Contains(EagerOperators.Candidates().Concat(EagerOperators.Writers()).Where(method => method.Name == member), definition =>
                    EagerOperators.For(definition, type, ElementType.Int64) is { } method
                    && OperatorTable.Find(module.Import(method)) is { } match
                    && match.Row == row && match.ElementType == type);
            }
        }
    }

    public static TheoryData<string> RowsOfThePackage() =>
        new(OperatorTable.Rows.Where(row => row.Assembly == OperatorTable.TensorAssembly && row.Kind != OperatorKind.Move).Select(row => row.Name));

    [Fact]
    public void A_match_says_what_each_parameter_is()
    {
        var module = new KernelModule();
        MethodInfo multiply = typeof(Tensor).GetMethods().Single(method => method.Name == "op_Multiply"
            && method.GetParameters()[0].ParameterType.Name == "Tensor`1"
            && method.GetParameters()[1].ParameterType.IsGenericMethodParameter);
        OperatorMatch match = OperatorTable.Find(module.Import(multiply.MakeGenericMethod(typeof(double))))!;
        Assert.Equal("Multiply", match.Row.Name);
        Assert.Equal(ElementType.Double, match.ElementType);
        Assert.Equal([OperandRole.Tensor, OperandRole.Scalar], match.Roles);

        MethodInfo shift = typeof(Tensor).GetMethods().Single(method => method.Name == "ShiftLeft" && method.GetParameters().Length == 2);
        match = OperatorTable.Find(module.Import(shift.MakeGenericMethod(typeof(long))))!;
        Assert.Equal([OperandRole.TensorSpan, OperandRole.Scalar], match.Roles);
        Assert.Equal([ElementType.Int64, ElementType.Int32], match.ParameterTypes);
    }

    [Theory]
    [InlineData("op_AdditionAssignment", OperatorForm.InPlace, 0, 2)]
    [InlineData("op_IncrementAssignment", OperatorForm.InPlace, 0, 1)]
    [InlineData("op_LeftShiftAssignment", OperatorForm.InPlace, 0, 2)]
    [InlineData("Tanh", OperatorForm.Destination, 1, 1)]
    [InlineData("Add", OperatorForm.Destination, 2, 2)]
    [InlineData("Negate", OperatorForm.Destination, 1, 1)]
    [InlineData("GreaterThan", OperatorForm.Destination, 2, 2)]
    [InlineData("RotateLeft", OperatorForm.Destination, 2, 2)]
    public void A_match_says_what_is_written_and_how_many_operands_are_read(string name, OperatorForm form, int destination, int operands)
    {
        var module = new KernelModule();
        var type = name is "Tanh" ? ElementType.Single : ElementType.Int32;
        var matches = EagerOperators.Writers().Where(method => method.Name == name)
            .Select(method => OperatorTable.Find(module.Import(EagerOperators.For(method, type)!))!).ToList();
        Assert.NotEmpty(matches);
        Assert.All(matches, match => Assert.Equal((form, destination, operands), (match.Form, match.Destination, match.OperandCount)));
    }

    [Fact]
    public void A_type_of_the_same_name_in_another_assembly_is_not_the_package()
    {
        var module = new KernelModule();
        var scope = new AssemblyNameReference("Impostor", new Version(1, 0));
        var type = new TypeReference("System.Numerics.Tensors", "Tensor", module.Module, scope);
        MethodReference real = module.Import(typeof(Tensor).GetMethods().First(method =>
            method.Name == "op_UnaryNegation").MakeGenericMethod(typeof(float)));
        var impostor = new MethodReference("op_UnaryNegation", real.ReturnType, type);
        impostor.GenericParameters.Add(new GenericParameter(impostor));
        impostor.Parameters.Add(new ParameterDefinition(real.Parameters[0].ParameterType));
        var instance = new GenericInstanceMethod(impostor) { GenericArguments = { module.Module.TypeSystem.Single } };
        Assert.NotNull(OperatorTable.Find(real));
        Assert.Null(OperatorTable.Find(instance));
    }

    [Fact]
    public void Products_are_contractions_of_the_runtime_assembly_for_every_type()
    {
        var module = new KernelModule();
        MethodInfo[] products = [.. typeof(TensorMath).GetMethods().Where(method => method.Name is nameof(TensorMath.MatMul) or nameof(TensorMath.Conv2D))];
        Assert.Equal(
            [("Conv2D", "Tensor Tensor Scalar Scalar"), ("Conv2DWithBias", "Tensor Tensor Tensor Scalar Scalar"), ("MatMul", "Tensor Tensor")],
            products.Select(product => OperatorTable.Find(module.Import(product.MakeGenericMethod(typeof(int))))!)
                .Select(match => (match.Row.Name, string.Join(" ", match.Roles))).Order());
        foreach (Type type in new[] { typeof(float), typeof(double), typeof(Half), typeof(sbyte), typeof(ushort), typeof(ulong) })
        {
            Assert.All(products, product => Assert.Equal(OperatorKind.Contraction, OperatorTable.Find(module.Import(product.MakeGenericMethod(type)))!.Row.Kind));
        }
    }

    [Fact]
    public void Every_function_of_the_runtime_assembly_is_a_call_or_has_a_kernel()
    {
        var module = new KernelModule();
        Assert.All(typeof(TensorMath).GetMethods().Where(method => method.IsStatic), definition =>
        {
            OperatorMatch match = OperatorTable.Find(module.Import(definition.MakeGenericMethod(typeof(float))))!;
            Assert.Equal(definition.GetParameters().Length, match.Roles.Count);
            Assert.NotNull(OperatorTable.Find(module.Import(definition.MakeGenericMethod(typeof(Half)))));
        });
        Assert.All(OperatorTable.Rows.Where(row => row.Kind is OperatorKind.Contraction or OperatorKind.Call), row =>
            Assert.Contains(typeof(TensorMath).GetMethods(), method => row.Members.Contains(method.Name)));
    }

    [Fact]
    public void Every_movement_of_the_package_has_a_twin_of_the_same_signature_for_every_type()
    {
        var module = new KernelModule();
        HashSet<string> moved = [.. OperatorTable.Rows.Where(row => row.Kind == OperatorKind.Move).SelectMany(row => row.Members)];
        MethodInfo[] twins = [.. typeof(GraphWeaver.Kernels.KernelMoves).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)];
        MethodInfo[] originals = [.. members.Where(method => moved.Contains(method.Name))];
        Assert.Equal(moved.Order(), originals.Select(method => method.Name).Distinct().Order());
        Assert.Equal(originals.Select(Signature).Order(), twins.Select(Signature).Order());
        foreach (MethodInfo method in originals)
        {
            foreach (Type type in new[] { typeof(float), typeof(bool), typeof(Half), typeof(string), typeof(decimal) })
            {
                OperatorMatch match = OperatorTable.Find(module.Import(method.MakeGenericMethod(type)))!;
                Assert.Equal(OperatorKind.Move, match.Row.Kind);
                Assert.Equal(type == typeof(string) || type == typeof(decimal), match.MayKeepReferences);
                int destination = Array.FindIndex(method.GetParameters(), parameter => parameter.Name == "destination");
                Assert.Equal(destination < 0 ? null : destination, match.Destination);
            }
        }

        static string Signature(MethodInfo method) =>
            $"{method} {string.Join(",", method.GetParameters().Select(parameter => parameter.IsIn))} {string.Join(",", method.ReturnParameter.GetRequiredCustomModifiers().Select(type => type.FullName))}";
    }

    [Fact]
    public void An_element_type_outside_the_table_is_not_found()
    {
        var module = new KernelModule();
        MethodInfo negate = typeof(Tensor).GetMethods().First(method => method.Name == "op_UnaryNegation");
        Assert.Null(OperatorTable.Find(module.Import(negate.MakeGenericMethod(typeof(decimal)))));
    }
}
