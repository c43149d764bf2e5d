/* The workloads as a C programmer writes them for gcc and OpenMP, into given buffers. One signature for all, so that the host needs one
   function type: buffers in the order of the comment above each function, then sizes. Written from the definitions. */
#include <math.h>

#define BUFFERS void **buffer, const long *size
#define EXPORT __attribute__((visibility("default"))) void

/* x, y; n */
EXPORT gelu_chain(BUFFERS)
{
    const float *restrict x = buffer[0];
    float *restrict y = buffer[1];
    long n = size[0];
    #pragma omp parallel for simd schedule(static)
    for (long i = 0; i < n; i++)
    {
        float v = x[i];
        y[i] = 0.5f * v * (1.f + tanhf(0.7978845608f * (v + 0.044715f * v * v * v)));
    }
}

#define BLACK_SCHOLES(name, type, exp, log, sqrt, fabs) \
static inline type normal_##name(type d) \
{ \
    type k = (type)1 / ((type)1 + (type)0.2316419 * fabs(d)); \
    type series = k * ((type)0.319381530 + k * ((type)-0.356563782 + k * ((type)1.781477937 + k * ((type)-1.821255978 + k * (type)1.330274429)))); \
    type tail = (type)0.3989422804014327 * exp((type)-0.5 * d * d) * series; \
    return d > 0 ? (type)1 - tail : tail; \
} \
EXPORT name(BUFFERS) \
{ \
    const type *restrict spot = buffer[0], *restrict strike = buffer[1], *restrict years = buffer[2]; \
    type *restrict call = buffer[3], *restrict put = buffer[4]; \
    long n = size[0]; \
    _Pragma("omp parallel for simd schedule(static)") \
    for (long i = 0; i < n; i++) \
    { \
        type deviation = (type)0.3 * sqrt(years[i]); \
        type d1 = (log(spot[i] / strike[i]) + (type)0.065 * years[i]) / deviation, d2 = d1 - deviation; \
        type p1 = normal_##name(d1), p2 = normal_##name(d2); \
        type discounted = strike[i] * exp((type)-0.02 * years[i]); \
        call[i] = spot[i] * p1 - discounted * p2; \
        put[i] = discounted * ((type)1 - p2) - spot[i] * ((type)1 - p1); \
    } \
}

/* spot, strike, years, call, put; n */
BLACK_SCHOLES(black_scholes_float, float, expf, logf, sqrtf, fabsf)
BLACK_SCHOLES(black_scholes_double, double, exp, log, sqrt, fabs)

/* theta1, phi1, theta2, phi2, angle; n */
EXPORT arc_distance(BUFFERS)
{
    const double *restrict theta1 = buffer[0], *restrict phi1 = buffer[1], *restrict theta2 = buffer[2], *restrict phi2 = buffer[3];
    double *restrict angle = buffer[4];
    long n = size[0];
    #pragma omp parallel for simd schedule(static)
    for (long i = 0; i < n; i++)
    {
        double a = sin((theta2[i] - theta1[i]) * 0.5), b = sin((phi2[i] - phi1[i]) * 0.5);
        double h = a * a + cos(theta1[i]) * cos(theta2[i]) * b * b;
        angle[i] = 2.0 * atan2(sqrt(h), sqrt(1.0 - h));
    }
}

/* x, y; rows, columns */
EXPORT softmax(BUFFERS)
{
    long rows = size[0], columns = size[1];
    #pragma omp parallel for schedule(static)
    for (long i = 0; i < rows; i++)
    {
        const float *restrict x = (const float *)buffer[0] + i * columns;
        float *restrict y = (float *)buffer[1] + i * columns;
        float max = x[0], sum = 0;
        for (long j = 1; j < columns; j++)
            max = x[j] > max ? x[j] : max;
        for (long j = 0; j < columns; j++)
        {
            y[j] = expf(x[j] - max);
            sum += y[j];
        }
        for (long j = 0; j < columns; j++)
            y[j] /= sum;
    }
}

/* x, gain, bias, y; rows, columns */
EXPORT layernorm(BUFFERS)
{
    long rows = size[0], columns = size[1];
    const float *restrict gain = buffer[1], *restrict bias = buffer[2];
    #pragma omp parallel for schedule(static)
    for (long i = 0; i < rows; i++)
    {
        const float *restrict x = (const float *)buffer[0] + i * columns;
        float *restrict y = (float *)buffer[3] + i * columns;
        float sum = 0, squares = 0;
        for (long j = 0; j < columns; j++)
            sum += x[j];
        float mean = sum / columns;
        for (long j = 0; j < columns; j++)
            squares += (x[j] - mean) * (x[j] - mean);
        float deviation = sqrtf(squares / columns + 1e-5f);
        for (long j = 0; j < columns; j++)
            y[j] = (x[j] - mean) / deviation * gain[j] + bias[j];
    }
}

static void line(const double *restrict x, double *restrict y, long n)
{
    #pragma omp parallel for simd schedule(static)
    for (long i = 1; i < n - 1; i++)
        y[i] = 0.33333 * (x[i - 1] + x[i] + x[i + 1]);
}

/* a, b; n, steps */
EXPORT jacobi_1d(BUFFERS)
{
    for (long step = 0; step < size[1]; step++)
    {
        line(buffer[0], buffer[1], size[0]);
        line(buffer[1], buffer[0], size[0]);
    }
}

static void square(const double *restrict x, double *restrict y, long n)
{
    #pragma omp parallel for schedule(static)
    for (long i = 1; i < n - 1; i++)
        for (long j = 1; j < n - 1; j++)
            y[i * n + j] = 0.2 * (x[i * n + j] + x[i * n + j - 1] + x[i * n + j + 1] + x[(i + 1) * n + j] + x[(i - 1) * n + j]);
}

/* a, b; n, steps */
EXPORT jacobi_2d(BUFFERS)
{
    for (long step = 0; step < size[1]; step++)
    {
        square(buffer[0], buffer[1], size[0]);
        square(buffer[1], buffer[0], size[0]);
    }
}
