using System.Globalization;
using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Names of types and members in IR text: Cecil's full names, with generic parameters by position as in ILAsm (<c>!0</c> of the type,
/// <c>!!0</c> of the method), since a reference does not know their names. Within a member's signature they are that member's own, anywhere
/// else those of the function's method. Function pointers and call sites also name their calling convention, which Cecil's names leave out.
/// Names that hold a space or <c>::</c>, which no C# compiler makes, print but do not read back; variable arguments are not lifted.
/// </summary>
internal static class IrNames
{
    public static string Of(TypeReference type) => type switch
    {
        GenericParameter parameter => (parameter.Type == GenericParameterType.Method ? "!!" : "!") + Number(parameter.Position),
        GenericInstanceType instance => $"{Of(instance.ElementType)}<{List(instance.GenericArguments)}>",
        ArrayType { IsVector: true } vector => Of(vector.ElementType) + "[]",
        ArrayType array => $"{Of(array.ElementType)}[{string.Join(",", array.Dimensions)}]",
        ByReferenceType reference => Of(reference.ElementType) + "&",
        PointerType pointer => Of(pointer.ElementType) + "*",
        RequiredModifierType required => $"{Of(required.ElementType)} modreq({Of(required.ModifierType)})",
        OptionalModifierType optional => $"{Of(optional.ElementType)} modopt({Of(optional.ModifierType)})",
        FunctionPointerType pointer => $"fnptr({Site(pointer)})",
        TypeSpecification other => Of(other.ElementType),
        _ => type.FullName,
    };

    public static string Of(MethodReference method)
    {
        var arguments = method is GenericInstanceMethod instance ? $"<{List(instance.GenericArguments)}>" : "";
        return $"{Of(method.ReturnType)} {Of(method.DeclaringType)}::{method.Name}{arguments}{Parameters(method)}";
    }

    public static string Of(FieldReference field) => $"{Of(field.FieldType)} {Of(field.DeclaringType)}::{field.Name}";

    /// <summary>The signature of an indirect call: convention, result, parameters.</summary>
    public static string Site(IMethodSignature site) =>
        $"{site.CallingConvention}{(site.HasThis ? ".instance" : "")}:{Of(site.ReturnType)}{Parameters(site)}";

    public static string Parameters(IMethodSignature signature) => $"({List(signature.Parameters.Select(parameter => parameter.ParameterType))})";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<TypeReference> types) => string.Join(",", types.Select(Of));
}
