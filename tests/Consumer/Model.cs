using System.Numerics.Tensors;
using GraphWeaver;

public static class Model
{
    [Graph]
    public static Tensor<float> Swish(Tensor<float> x) => x / (1f + Tensor.Exp<float>(-x));

    [Graph]
    public static Tensor<float> Centre(Tensor<float> x, Func<Tensor<float>, float> measure)
    {
        float gain = Constants.Gain(3);
        float middle = measure(x); // here is the fallback
        return (x - middle) * gain;
    }
}

public static class Constants
{
    public static float Gain(int steps)
    {
        float gain = 1f;
        for (int step = 0; step < steps; step++)
        {
            gain *= 2f;
        }

        return gain;
    }
}
