using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>What <c>!0</c> and <c>!!0</c> stand for in a piece of IR text.</summary>
internal sealed record GenericScope(IGenericParameterProvider Type, IGenericParameterProvider Method)
{
    public static GenericScope Of(MethodReference method) => new(method.DeclaringType.GetElementType(), method);

    /// <summary>The parameter; a reference learns how many it has from those asked for, as Cecil's reader does it.</summary>
    /// <exception cref="FormatException">A definition has no such parameter.</exception>
    public GenericParameter Parameter(bool ofMethod, int position)
    {
        var provider = ofMethod ? Method : Type;
        while (!provider.IsDefinition && provider.GenericParameters.Count <= position)
        {
            provider.GenericParameters.Add(new GenericParameter(provider));
        }

        return position < provider.GenericParameters.Count
            ? provider.GenericParameters[position]
            : throw new FormatException($"{provider} has no generic parameter {position}");
    }
}
